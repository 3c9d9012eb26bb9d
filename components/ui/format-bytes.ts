const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** "41.2 MB", decimal units; "–" for nothing. */
export function formatBytes(bytes: number): string {
  if (bytes === 0) return '–';
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}
