import type { Automation } from './automation.ts';
import type { Check } from './check.ts';
import type { SkipReason } from './decision.ts';
import type { Facts } from './facts.ts';
import { durationWords } from './rule-words.ts';
import { RUN_STATE_CHOICES } from './run-states.ts';
import type { RunState, TrackedEvent } from './tracked-event.ts';
import { inWords } from './wording.ts';

export const SLOT_MS = 24 * 60 * 60 * 1000;
export const STORM_PERIOD_MS = 60_000;

/** The state that a filter knows a run's state by: crashed counts as failed; killed and the passing ones are none. */
export function filterableState(state: RunState): (typeof RUN_STATE_CHOICES)[number] | null {
  if (state === 'crashed') return 'failed';
  return RUN_STATE_CHOICES.find((choice) => choice === state) ?? null;
}

type OfProject = { projectId: number };
export const slotOfRun = ({ projectId }: OfProject, runId: string) => `${projectId}/${runId}`;
export const slotOfState = (place: OfProject, runId: string, state: RunState) => `${slotOfRun(place, runId)}:${filterableState(state)}`;

/**
 * Whose slot a firing takes: at most one firing per automation and key in 24 hours. The key names the run, for run state also
 * its new state; null for events that are not limited so.
 */
export function slotKey(event: TrackedEvent): string | null {
  switch (event.type) {
    case 'run.metrics':
    case 'run.silent':
      return slotOfRun(event.place, event.run.runId);
    case 'run.state':
      return slotOfState(event.place, event.run.runId, event.run.state);
    default:
      return null;
  }
}

/** The limits whose facts are given, in the order in which they count. */
export function* limitChecks(automation: Automation, event: TrackedEvent, facts: Facts): Generator<Check> {
  const { nowMs, slotTakenAt, lastFiredAt, firingsThisMinute, target } = facts;
  if (slotTakenAt !== undefined && slotKey(event) !== null) yield slotCheck(event, nowMs, slotTakenAt);
  if (target !== undefined && automation.action.kind !== 'nothing') yield targetCheck(automation.action.kind, target);
  if (lastFiredAt !== undefined && automation.cooldownSeconds > 0) yield cooldownCheck(automation.cooldownSeconds, nowMs, lastFiredAt);
  if (firingsThisMinute !== undefined) yield stormCheck(automation.maxFiringsPerMinute, firingsThisMinute);
}

/** A clock moved back must not open the slot early: a time in the future counts as just now. */
const ageOf = (nowMs: number, at: number) => Math.max(0, nowMs - at);

function slotCheck(event: TrackedEvent, nowMs: number, takenAt: number | null): Check {
  const holds = takenAt === null || ageOf(nowMs, takenAt) >= SLOT_MS;
  const which = event.type === 'run.state' ? 'this run and state' : 'this run';
  return check('limit', holds, 'fired_within_24_hours', () =>
    holds
      ? `Not fired for ${which} in 24 h`
      : `Fired for ${which} ${durationWords(ageOf(nowMs, takenAt!) / 1000)} ago, at most once in 24 h`,
  );
}

function targetCheck(kind: 'webhook' | 'slack', target: 'ok' | 'disabled' | 'gone'): Check {
  const what = kind === 'webhook' ? 'The webhook' : 'The Slack channel';
  const because = target === 'gone' ? 'target_gone' : 'target_disabled';
  const text = { ok: `${what} is enabled`, disabled: `${what} is disabled`, gone: `${what} was deleted` };
  return check('target', target === 'ok', because, () => text[target]);
}

function cooldownCheck(cooldownSeconds: number, nowMs: number, lastFiredAt: number | null): Check {
  const age = lastFiredAt === null ? null : ageOf(nowMs, lastFiredAt) / 1000;
  const holds = age === null || age >= cooldownSeconds;
  return check('cooldown', holds, 'cooldown', () => {
    if (age === null) return 'Not fired before';
    const relation = holds ? 'at least' : 'less than';
    const ago = age < 1 ? 'less than a second' : durationWords(age);
    return `Fired last ${ago} ago, ${relation} the cooldown of ${durationWords(cooldownSeconds)}`;
  });
}

function stormCheck(most: number, fired: number): Check {
  const holds = fired < most;
  return check('storm', holds, 'storm_guard', () =>
    holds
      ? `At most ${inWords(most)} a minute: this is number ${inWords(fired + 1)}`
      : `Fired ${inWords(fired)} times in this minute already, at most ${inWords(most)}`,
  );
}

const check = (clause: Check['clause'], holds: boolean, because: SkipReason, text: () => string): Check => ({
  clause,
  holds,
  because,
  text,
});
