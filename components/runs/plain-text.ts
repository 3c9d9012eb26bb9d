const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

/** Terminal control: colours and cursor movements (CSI), titles and links (OSC), and single-letter escapes. */
const CONTROL = new RegExp(`${ESCAPE}(?:\\[[0-9:;<=>?]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)|[@-Z\\\\-_])`, 'g');

/** What a terminal would show of a line: without colours and movements, and of an overwritten line its last state. */
export function plainText(line: string): string {
  const text = line.includes(ESCAPE) ? line.replace(CONTROL, '') : line;
  const overwritten = text.trimEnd().lastIndexOf('\r');
  return overwritten === -1 ? text : text.slice(overwritten + 1);
}
