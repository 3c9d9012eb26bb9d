export const automationIdText = (id: number) => `aut_${id}`;
export const webhookIdText = (id: number) => `whk_${id}`;
export const slackChannelIdText = (id: number) => `slk_${id}`;

/** The number behind `aut_17`; null for anything else, so that a wrong id reads as not found. */
export function parseNumberedId(prefix: 'aut' | 'whk' | 'slk', text: string): number | null {
  const match = /^([a-z]{3})_([1-9]\d{0,15})$/.exec(text);
  return match && match[1] === prefix ? Number(match[2]) : null;
}
