const ADJECTIVES =
  'able amber bold brisk calm clear cosy crisp deft dusty eager early easy fair fleet fond frosty gentle glad golden grand happy hardy honest jolly keen kind lively lucid lucky mellow merry misty neat nimble noble pale patient plucky polite prime proud quick quiet rapid rosy royal rustic serene sharp shiny silent silver simple sleek snowy solid spry steady still stout sunny sweet swift tender tidy vivid warm wise witty worthy young zesty'.split(
    ' ',
  );
const NOUNS =
  'badger bear beaver bison bream carp cedar cliff cloud crane creek crow dale deer dove dune eagle elk elm falcon fern field finch fjord fox frost gale glade grove hare hawk heath heron hill ibis jay kite lake lark leaf linden lynx maple marsh marten meadow mist moon moss newt oak orca otter owl peak pebble pine plover pond quail rain reef ridge river robin rook seal shore sky snow sparrow spruce star stone stork stream swan swift thrush tide trout vale wave willow wind wolf wood wren'.split(
    ' ',
  );

/** "swift-fox-12": a name for a run that came without one. `number` is the run's place in its project, `seed` any whole number. */
export function runName(seed: number, number: number): string {
  const mixed = mix(seed);
  return `${ADJECTIVES[mixed % ADJECTIVES.length]}-${NOUNS[Math.floor(mixed / ADJECTIVES.length) % NOUNS.length]}-${number}`;
}

/** Spreads neighbouring seeds over 32 bits (the finalizer of MurmurHash3). */
function mix(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
