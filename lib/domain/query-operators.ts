import type { JsonValue } from './json.ts';
import { jsonEquals } from './json-equals.ts';
import { checkPattern, searchPattern } from './regex.ts';

/** What stands under a field's path: several values where the path runs through an array; undefined where it is missing. */
export type Found = readonly (JsonValue | undefined)[];

type Operator = {
  matches(found: Found, operand: JsonValue): boolean;
  /** Why the operand cannot be used; null when it can. */
  refuses(operand: JsonValue): string | null;
  /** The operator as a sentence has it: "loss was 3, not <words> 2". */
  words: string;
};

/** A test holds for a field when it holds for one of its values or, where that is an array, for one of the elements. */
const some = (test: (value: JsonValue | undefined, operand: JsonValue) => boolean) => (found: Found, operand: JsonValue) =>
  found.some((value) => test(value, operand) || (Array.isArray(value) && value.some((element) => test(element, operand))));

const equals = (value: JsonValue | undefined, operand: JsonValue) =>
  operand === null ? value === undefined || value === null : value !== undefined && jsonEquals(value, operand);

/** Values compare only with their own kind; null only with null, as equal. */
const ordered = (test: (sign: number) => boolean) => (value: JsonValue | undefined, operand: JsonValue) => {
  if (operand === null) return (value === undefined || value === null) && test(0);
  if (typeof value !== typeof operand || typeof value === 'object' || value === undefined) return false;
  const [a, b] = [value as string, operand as string];
  return test(a < b ? -1 : a > b ? 1 : 0);
};

const isEqual = some(equals);
const isIn = (found: Found, operand: JsonValue) => (operand as JsonValue[]).some((item) => isEqual(found, item));

const needsScalar = (operand: JsonValue) =>
  typeof operand === 'object' && operand !== null ? 'Give a number, a text, true, false or null.' : null;
const needsList = (operand: JsonValue) => (Array.isArray(operand) ? null : 'Give a list.');
const anything = () => null;

const comparison = (words: string, test: (sign: number) => boolean): Operator => ({
  matches: some(ordered(test)),
  refuses: needsScalar,
  words,
});

/** One row per operator on a field; $and, $or, $nor and $not are structure and live in query-filter.ts. */
export const QUERY_OPERATORS: Record<string, Operator> = {
  $eq: { matches: isEqual, refuses: anything, words: 'equal to' },
  $ne: { matches: (found, operand) => !isEqual(found, operand), refuses: anything, words: 'other than' },
  $gt: comparison('above', (sign) => sign > 0),
  $gte: comparison('at least', (sign) => sign >= 0),
  $lt: comparison('below', (sign) => sign < 0),
  $lte: comparison('at most', (sign) => sign <= 0),
  $in: { matches: isIn, refuses: needsList, words: 'one of' },
  $nin: { matches: (found, operand) => !isIn(found, operand), refuses: needsList, words: 'none of' },
  $exists: {
    matches: (found, operand) => found.some((value) => value !== undefined) === operand,
    refuses: (operand) => (typeof operand === 'boolean' ? null : 'Give true or false.'),
    words: 'present',
  },
  $regex: {
    matches: some((value, operand) => typeof value === 'string' && searchPattern(operand as string, value)),
    refuses: (operand) => (typeof operand === 'string' ? checkPattern(operand) : 'Give a regular expression as text.'),
    words: 'matching',
  },
  $contains: {
    matches: some((value, operand) => typeof value === 'string' && value.includes(operand as string)),
    refuses: (operand) => (typeof operand === 'string' ? null : 'Give the text to look for.'),
    words: 'containing',
  },
  $size: {
    matches: (found, operand) => found.some((value) => Array.isArray(value) && value.length === operand),
    refuses: (operand) => (Number.isInteger(operand) && (operand as number) >= 0 ? null : 'Give a whole number, 0 or more.'),
    words: 'of length',
  },
  $all: {
    matches: (found, operand) => (operand as JsonValue[]).length > 0 && (operand as JsonValue[]).every((item) => isEqual(found, item)),
    refuses: needsList,
    words: 'with all of',
  },
};
