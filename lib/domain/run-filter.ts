import { type Check, filterCheck } from './check.ts';
import type { RunFilter } from './filter.ts';
import { jsonEquals } from './json-equals.ts';
import { searchPattern } from './regex.ts';
import { durationWords } from './rule-words.ts';
import type { RunFacts } from './tracked-event.ts';
import { valueAtPath } from './value-at-path.ts';
import { allInWords, quoted } from './wording.ts';

/** A run filter key by key. User names are compared without case, as everywhere. */
export function* runChecks(filter: RunFilter, run: RunFacts): Generator<Check> {
  const { user, name, tags, group, jobType, config, minDurationSeconds } = filter;
  if (user !== undefined) {
    const holds = run.user !== null && run.user.toLowerCase() === user.toLowerCase();
    yield filterCheck('run', holds, () => `The run’s user is ${textOf(run.user)}${holds ? '' : `, not ${quoted(user)}`}`);
  }
  if (name !== undefined) {
    const holds = searchPattern(name, run.name);
    yield filterCheck('run', holds, () => `The run’s name ${quoted(run.name)} ${holds ? 'matches' : 'does not match'} ${name}`);
  }
  if (tags !== undefined) {
    const missing = tags.filter((tag) => !run.tags.includes(tag));
    yield filterCheck('run', missing.length === 0, () =>
      missing.length === 0
        ? `The run’s tags include ${allInWords(tags)}`
        : `The run’s tags (${allInWords(run.tags)}) do not include ${allInWords(missing)}`,
    );
  }
  if (group !== undefined) {
    const holds = run.group === group;
    yield filterCheck('run', holds, () => `The run’s group is ${textOf(run.group)}${holds ? '' : `, not ${quoted(group)}`}`);
  }
  if (jobType !== undefined) {
    const holds = run.jobType === jobType;
    yield filterCheck('run', holds, () => `The run’s job type is ${textOf(run.jobType)}${holds ? '' : `, not ${quoted(jobType)}`}`);
  }
  for (const [key, wanted] of Object.entries(config ?? {})) {
    const actual = valueAtPath(run.config, key);
    const holds = actual !== undefined && jsonEquals(actual, wanted);
    yield filterCheck('run', holds, () => {
      const is = actual === undefined ? 'is not set' : `is ${short(actual)}`;
      return `The run’s config ${key} ${is}${holds ? '' : `, not ${short(wanted)}`}`;
    });
  }
  if (minDurationSeconds !== undefined) {
    const holds = run.durationSeconds >= minDurationSeconds;
    yield filterCheck('run', holds, () => {
      const relation = holds ? 'at least' : 'less than';
      return `The run took ${durationWords(run.durationSeconds)}, ${relation} ${durationWords(minDurationSeconds)}`;
    });
  }
}

const textOf = (text: string | null) => (text === null ? 'not set' : quoted(text));

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
