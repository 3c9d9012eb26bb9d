import type { Automation } from './automation.ts';
import { EVENT_TYPES, isMetricEvent } from './event-types.ts';
import { type Miss, type MissShare, shareMisses } from './miss-shares.ts';
import { metricRuleOf, numberWords } from './rule-words.ts';

/** Why an automation has not fired, by what stands in its way; `fired`: nothing does. */
export const VERDICTS = [
  'disabled',
  'blocked',
  'fired',
  'skipped',
  'scheduled',
  'came_near',
  'not_logged',
  'no_event',
  'before_it_listened',
  'waiting',
] as const;

/** The sentence, the moment that it speaks of, and what did not fire by reason. */
export type Verdict = { kind: (typeof VERDICTS)[number]; text: string; at: number | null; shares: MissShare[] };

export type KnownOfAutomation = {
  automation: Pick<Automation, 'on' | 'filter' | 'enabled' | 'updatedAt'>;
  /** What it watches, in words: "acme/vision". */
  place: string;
  /** What keeps it from ever firing, in a sentence. */
  blockedBy: string | null;
  /** When it was made or last enabled. */
  armedAt: number;
  lastFiredAt: number | null;
  /** Its newest skipped firing. */
  skipped: { at: number; reason: string } | null;
  /** The next time of a schedule. */
  nextAt: number | null;
  /** Newest first. */
  misses: readonly Miss[];
  /** When an event of its kind arrived last where it watches. */
  newestEventAt: number | null;
  /** Metrics logged where it watches; asked for only of rules on metrics. */
  metrics: readonly string[];
};

/** Pure: what is known of an automation, told as the one thing that a reader should look at first. */
export function reachVerdict(known: KnownOfAutomation): Verdict {
  const { automation, blockedBy, lastFiredAt, skipped, misses } = known;
  const told = (kind: Verdict['kind'], text: string, at: number | null = null): Verdict => ({
    ...{ kind, text, at },
    shares: shareMisses(automation.filter, misses),
  });
  if (!automation.enabled) return told('disabled', 'It is switched off: it judges nothing, and does not catch up once it is on.');
  if (blockedBy !== null) return told('blocked', blockedBy);
  if (skipped && skipped.at > (lastFiredAt ?? 0))
    return told('skipped', `It matched, and the firing was skipped: ${skipped.reason}`, skipped.at);
  if (lastFiredAt !== null) return told('fired', 'It has fired.', lastFiredAt);
  if (known.nextAt !== null) return told('scheduled', 'It waits for its next time.', known.nextAt);
  if (misses.length > 0) return told('came_near', missesInWords(known), misses[0]!.at);
  const unlogged = unloggedWords(known);
  if (unlogged) return told('not_logged', unlogged);
  return nothingJudged(known, told);
}

const NOUNS = { run: 'run', artifact: 'version', collection: 'collection', schedule: 'time' };

function missesInWords({ automation: { on, updatedAt }, misses }: KnownOfAutomation): string {
  const noun = NOUNS[EVENT_TYPES[on].family];
  const count = new Set(misses.map(({ subject }) => subject)).size;
  const judged =
    count === 1 ? `The one ${noun} that it judged lately did not meet` : `None of the last ${count} ${noun}s that it judged met`;
  const changed = misses[0]!.at < updatedAt ? ' It was changed since, and has judged nothing yet as it is now.' : '';
  return `${judged} its conditions.${changed}`;
}

/** A name that nothing has logged is most often a slip: names that differ from it in case or signs alone are told. */
function unloggedWords({ automation: { on, filter }, metrics, place }: KnownOfAutomation): string | null {
  const name = isMetricEvent(on) ? metricRuleOf(filter)?.name : undefined;
  if (name === undefined || metrics.includes(name) || metrics.includes(`system.${name}`)) return null;
  const similar = metrics.filter((metric) => bare(metric) === bare(name));
  const hint = similar.length > 0 ? ` Runs there log ${similar.map((metric) => `“${metric}”`).join(' and ')}: was that meant?` : '';
  return `No run in ${place} has logged “${name}” yet.${hint}`;
}

const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

function nothingJudged(
  { automation: { on, filter }, place, armedAt, newestEventAt }: KnownOfAutomation,
  told: (kind: Verdict['kind'], text: string, at?: number | null) => Verdict,
): Verdict {
  if (on === 'run.silent') {
    const minutes = numberWords(filter.silentMinutes ?? 0);
    return told('waiting', `No run in ${place} has been silent for ${minutes} min since this automation was made or enabled.`, armedAt);
  }
  const name = isMetricEvent(on) ? metricRuleOf(filter)?.name : undefined;
  const what = name === undefined ? `“${EVENT_TYPES[on].label}”` : `“${name}”`;
  const happened = isMetricEvent(on) ? 'been logged' : 'happened';
  if (newestEventAt === null) return told('no_event', `${what} has not ${happened} in ${place}, as far back as the history goes.`);
  if (newestEventAt < armedAt) {
    const last = `${what} has not ${happened} in ${place} since this automation was made or enabled; what was before does not count.`;
    return told('before_it_listened', last, newestEventAt);
  }
  return told('waiting', 'It listens. What it judges without firing is told here within seconds.');
}
