import { z } from 'zod';
import { AppError, type Issue } from '#lib/errors.ts';
import { issueWords } from './issue-words.ts';

// No eval: the content security policy forbids it.
z.config({ jitless: true, localeError: issueWords });

/** Parses what a caller sent; throws `invalid` with one issue per refused place. Never for our own data: that failure is our bug. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap(toIssues);
  throw new AppError('invalid', summaryOf(issues), { issues });
}

/** PyYAML and other readers of YAML 1.1 take the key `on` for a truth value, and write it to JSON as "true". */
export const unknownField = (key: string) =>
  `There is no field "${key}" here. ${key === 'true' ? 'Where YAML was read as version 1.1, the key on became true: write "on" in quotes.' : 'Remove it or check its spelling.'}`;

function toIssues(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: unknownField(key),
    }));
  }
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.toSorted((a, b) => a.length - b.length)[0];
    const hasOwnWords = issue.message !== issueWords({ ...issue, input: undefined });
    const isOneValue = closest?.every(({ path: within }) => within.length === 0);
    if (closest?.length && !(isOneValue && hasOwnWords))
      return closest.flatMap((inner) => toIssues({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue));
  }
  return [{ path, message: issue.message }];
}

function summaryOf(issues: Issue[]): string {
  const first = issues[0];
  if (!first) return 'The request is not valid.';
  const where = first.path.length ? `${first.path.join('.')}: ` : '';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return `${where}${first.message}${more}`;
}
