import type { Issue } from '#lib/errors.ts';
import { isJsonObject } from './is-json-object.ts';
import type { JsonValue } from './json.ts';
import { type QueryFamily, queryField, queryFieldNames, toTime } from './query-fields.ts';
import { isOperators } from './query-filter.ts';
import { QUERY_OPERATORS } from './query-operators.ts';

const MAX_DEPTH = 32;
const MAX_CLAUSES = 1000;

type Path = (string | number)[];

/** What a query's author must change; empty when it can be evaluated. Nothing unknown passes, so matching ignores nothing. */
export function checkQuery(query: JsonValue, family: QueryFamily): Issue[] {
  if (countClauses(query) > MAX_CLAUSES) {
    return [{ path: [], message: `A query has at most ${MAX_CLAUSES.toLocaleString('en')} clauses.` }];
  }
  return [...checkPart(query, family, [])];
}

function countClauses(part: JsonValue): number {
  if (typeof part !== 'object' || part === null) return 1;
  let count = 1;
  for (const value of Object.values(part)) {
    count += countClauses(value);
    if (count > MAX_CLAUSES) break;
  }
  return count;
}

function* checkPart(part: JsonValue, family: QueryFamily, path: Path): Generator<Issue> {
  if (!isJsonObject(part)) {
    yield { path, message: 'Give an object of fields and operators.' };
    return;
  }
  if (path.length > MAX_DEPTH) {
    yield tooDeep(path);
    return;
  }
  for (const [key, value] of Object.entries(part)) {
    const at = [...path, key];
    if (key === '$and' || key === '$or' || key === '$nor') yield* checkList(value, family, at);
    else if (key === '$not') yield* checkPart(value, family, at);
    else if (key.startsWith('$')) yield { path: at, message: unknownOperator(key) };
    else yield* checkField(key, value, family, at);
  }
}

function* checkList(list: JsonValue, family: QueryFamily, path: Path): Generator<Issue> {
  if (!Array.isArray(list)) yield { path, message: 'Give a list of conditions.' };
  else for (const [index, part] of list.entries()) yield* checkPart(part, family, [...path, index]);
}

function* checkField(name: string, condition: JsonValue, family: QueryFamily, path: Path): Generator<Issue> {
  const field = queryField(family, name);
  if (field) yield* checkCondition(condition, field.kind === 'time', path);
  else yield { path, message: `There is no field "${name}" to filter by. Use one of ${queryFieldNames(family).join(', ')}.` };
}

function* checkCondition(condition: JsonValue, isTime: boolean, path: Path): Generator<Issue> {
  if (!isOperators(condition)) {
    yield* checkOperand('$eq', condition, isTime, path);
    return;
  }
  if (path.length > MAX_DEPTH) {
    yield tooDeep(path);
    return;
  }
  for (const [key, operand] of Object.entries(condition)) {
    const at = [...path, key];
    if (Object.hasOwn(QUERY_OPERATORS, key)) yield* checkOperand(key, operand, isTime, at);
    else if (key !== '$not') yield { path: at, message: unknownOperator(key) };
    else if (isOperators(operand)) yield* checkCondition(operand, isTime, at);
    else yield { path: at, message: 'Give an object of operators, such as { "$eq": "x" }.' };
  }
}

function* checkOperand(operator: string, operand: JsonValue, isTime: boolean, path: Path): Generator<Issue> {
  const refusal = QUERY_OPERATORS[operator]!.refuses(operand);
  const dates = Array.isArray(operand) ? operand : [operand];
  if (refusal !== null) yield { path, message: refusal };
  else if (isTime && operator !== '$exists' && dates.some((date) => date !== null && toTime(date) === null)) {
    yield { path, message: 'Give a date, such as "2026-11-21T00:00:00Z".' };
  }
}

const tooDeep = (path: Path): Issue => ({ path, message: `A query is nested at most ${MAX_DEPTH} levels deep.` });
const unknownOperator = (key: string) =>
  `There is no operator "${key}". Use one of $and, $or, $nor, $not, ${Object.keys(QUERY_OPERATORS).join(', ')}.`;
