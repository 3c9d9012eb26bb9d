import type { z } from 'zod';
import { listInWords } from './wording.ts';

type Raw = z.core.$ZodRawIssue;

const GIVE: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** What is wrong with a value whose schema has no words of its own for it. */
export function issueWords(issue: Raw): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.input === undefined ? 'This is missing. ' : ''}Give ${GIVE[issue.expected as string] ?? issue.expected}.`;
    case 'invalid_value':
      return `Give ${listInWords(
        (issue.values as readonly unknown[]).map((value) => JSON.stringify(value)),
        20,
      )}.`;
    case 'too_small':
      return isSize(issue) && Number(issue.minimum) === 1
        ? 'Do not leave this empty.'
        : `Give ${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue, issue.minimum)}.`;
    case 'too_big':
      return `Give ${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue, issue.maximum)}.`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'Give a time as ISO 8601 with a zone, such as "2026-11-21T02:00:00Z".'
        : 'This cannot be used here.';
    default:
      return 'This cannot be used here.';
  }
}

const UNITS: Record<string, [one: string, more: string]> = { string: ['character', 'characters'], array: ['entry', 'entries'] };
const isSize = (issue: Raw) => String(issue.origin) in UNITS;

function amount(issue: Raw, limit: unknown): string {
  const unit = UNITS[String(issue.origin)];
  const number = Number(limit).toLocaleString('en');
  return unit ? `${number} ${unit[Number(limit) === 1 ? 0 : 1]}` : number;
}
