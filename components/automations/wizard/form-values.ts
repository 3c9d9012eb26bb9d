import type { Severity } from '#lib/domain/automation.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { Aggregate, Comparison, MetricChange, MetricZscore } from '#lib/domain/filter.ts';
import { DEFAULT_DELAYS_SECONDS } from '#lib/domain/retry.ts';
import type { ScopeKind } from '#lib/domain/scope-name.ts';

/** A scope as the form asks for it: "Collections that match" is a project or registry together with a collection pattern. */
export type ScopeChoice = ScopeKind | 'matching';

export type RunFilterKind = 'user' | 'name' | 'tags' | 'group' | 'jobType' | 'config' | 'minDuration';
/** One condition on runs. `tags` uses `values`, a config value `key` and `text`, the others `text`. */
export type RunFilterRow = { kind: RunFilterKind; key: string; text: string; values: string[] };

/** What the wizard's fields hold: numbers as typed, every event's conditions side by side, so that changing the event loses nothing. */
export type WizardValues = {
  on: AutomationEvent;
  /** `name` is the place as documents name it; for "matching" `project:acme/vision` or `registry:acme-org/model`. */
  scope: { kind: ScopeChoice; name: string };
  filter: {
    alias: string;
    tag: string;
    collection: string;
    metric: { name: string; aggregate: Aggregate; window: string; is: Comparison; threshold: string };
    /** `amount` is a percentage while the measure is relative. */
    change: {
      name: string;
      aggregate: Aggregate;
      window: string;
      priorWindow: string;
      measure: MetricChange['measure'];
      by: MetricChange['by'];
      amount: string;
    };
    zscore: { name: string; window: string; direction: MetricZscore['direction']; threshold: string };
    states: string[];
    silentMinutes: string;
    schedule: { cron: string; timeZone: string };
    run: RunFilterRow[];
    /** From the client, as JSON text; kept as it came, empty for none. */
    query: string;
  };
  team: string;
  action: {
    kind: 'webhook' | 'slack' | 'nothing';
    webhook: string;
    payload: string;
    slack: string;
    title: string;
    text: string;
    severity: Severity;
  };
  name: string;
  description: string;
  enabled: boolean;
  cooldownSeconds: string;
  maxFiringsPerMinute: string;
  retry: { delaysSeconds: number[] };
};

/** A new automation before anything is chosen, with the wizard's own defaults. */
export const emptyValues = (): WizardValues => ({
  on: 'artifact.alias_added',
  scope: { kind: 'project', name: '' },
  filter: {
    alias: '',
    tag: '',
    collection: '',
    metric: { name: '', aggregate: 'average', window: '5', is: 'below', threshold: '' },
    change: { name: '', aggregate: 'average', window: '10', priorWindow: '50', measure: 'relative', by: 'decrease', amount: '10' },
    zscore: { name: '', window: '30', direction: 'either', threshold: '3' },
    states: ['failed'],
    silentMinutes: '10',
    schedule: { cron: '0 9 * * *', timeZone: 'UTC' },
    run: [],
    query: '',
  },
  team: '',
  action: { kind: 'webhook', webhook: '', payload: '', slack: '', title: '', text: '', severity: 'info' },
  name: '',
  description: '',
  enabled: true,
  cooldownSeconds: '0',
  maxFiringsPerMinute: '60',
  retry: { delaysSeconds: [...DEFAULT_DELAYS_SECONDS] },
});
