import type { AutomationEvent } from './event-types.ts';
import { PRESET_HELP, PRESET_IDS, type PresetHelp, type PresetId } from './preset-help.ts';
import { payloadOf } from './preset-payloads.ts';

export type Preset = {
  id: PresetId;
  name: string;
  /** One line for the menu. */
  description: string;
  template: string;
  help: PresetHelp;
};

const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A placeholder where JSON expects a value: `#{name}` loses its quotes. */
const template = (value: unknown) => text(value).replace(/"#\{([\w.]+)\}"/g, (_, name: string) => `\${${name}}`);

const NAMES: Record<PresetId, [name: string, description: string]> = {
  github: ['GitHub repository dispatch', 'Starts a workflow of a repository.'],
  teams: ['Microsoft Teams', 'An adaptive card for a Workflows webhook.'],
  teams_legacy: ['Microsoft Teams, legacy connector', 'The MessageCard of the documentation.'],
  slack: ['Slack incoming webhook', 'A message in blocks. A Slack notification needs no payload.'],
  discord: ['Discord', 'A message with an embed.'],
  pagerduty: ['PagerDuty', 'Opens an incident through Events API v2.'],
  generic: ['Generic JSON', 'The event’s values under plain names.'],
};

/** A preset as it begins for an event. */
export function presetFor(id: PresetId, on: AutomationEvent): Preset {
  const [name, description] = NAMES[id];
  const payload = payloadOf(id, on);
  return {
    id,
    name,
    description,
    template: template(payload),
    help: PRESET_HELP[id]((payload as { event_type?: string }).event_type ?? ''),
  };
}

/** Every preset, with its payload for this event. */
export const presetsFor = (on: AutomationEvent): Preset[] => PRESET_IDS.map((id) => presetFor(id, on));
