import { type Check, filterCheck } from './check.ts';
import { isJsonObject } from './is-json-object.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { type QueryFamily, queryField, readField, toTime } from './query-fields.ts';
import { QUERY_OPERATORS } from './query-operators.ts';
import { fieldText, queryWords } from './query-words.ts';
import { textOf } from './rule-words.ts';

/** The client's Mongo-like language: matching. What may be written is in check-query.ts. */

/** Whether what stands under a field is operators rather than a value to equal. */
export const isOperators = (condition: JsonValue): condition is JsonObject =>
  isJsonObject(condition) && Object.keys(condition).some((key) => key.startsWith('$'));

/** Whether a document (runDocument, namesDocument) matches a query that checkQuery let pass. */
export function matchesQuery(query: JsonObject, document: JsonObject, family: QueryFamily): boolean {
  return failingPart(query, document, family) === null;
}

/** Whether a document satisfies a query of the client’s language; where not, the text names the first part that fails. */
export function queryCheck(query: JsonObject, document: JsonObject, family: QueryFamily): Check {
  const failing = failingPart(query, document, family);
  return filterCheck('query', failing === null, () => failing?.() ?? 'The query matches');
}

/** The first part that does not match, as a function that says so in words; null when all match. */
function failingPart(query: JsonObject, document: JsonObject, family: QueryFamily): (() => string) | null {
  const matches = (part: JsonValue) => failingPart(part as JsonObject, document, family) === null;
  for (const [key, value] of Object.entries(query)) {
    const parts = value as JsonValue[];
    switch (key) {
      case '$and':
        for (const part of parts) {
          const failing = failingPart(part as JsonObject, document, family);
          if (failing) return failing;
        }
        break;
      case '$or':
        if (parts.length === 1) {
          const failing = failingPart(parts[0] as JsonObject, document, family);
          if (failing) return failing;
        } else if (!parts.some(matches)) return () => `None of the ${parts.length} alternatives of the query matches`;
        break;
      case '$nor':
        if (parts.some(matches)) return () => excluded(parts.find(matches)!);
        break;
      case '$not':
        if (matches(value)) return () => excluded(value);
        break;
      default: {
        const failing = failingCondition(key, value, document, family);
        if (failing) return failing;
      }
    }
  }
  return null;
}

function failingCondition(name: string, condition: JsonValue, document: JsonObject, family: QueryFamily): (() => string) | null {
  const field = queryField(family, name);
  if (field === null) throw new Error(`A query with the unknown field ${name} was stored.`);
  const found = readField(document, field);
  const conditions: JsonObject = isOperators(condition) ? condition : { $eq: condition };
  for (const [operator, given] of Object.entries(conditions)) {
    if (operator === '$not') {
      if (failingCondition(name, given, document, family) === null) {
        return () => excluded({ [name]: given });
      }
      continue;
    }
    const operand = field.kind === 'time' ? timesIn(given) : given;
    if (!QUERY_OPERATORS[operator]!.matches(found, operand)) {
      return () => `${fieldText(name)} was ${short(found[0])}, not ${QUERY_OPERATORS[operator]!.words} ${short(given)}`;
    }
  }
  return null;
}

const timesIn = (operand: JsonValue): JsonValue =>
  Array.isArray(operand) ? operand.map((date) => toTime(date)) : typeof operand === 'boolean' ? operand : toTime(operand);

const excluded = (part: JsonValue) => `The filter excludes it, because ${textOf(queryWords(part as JsonObject))}`;

function short(value: JsonValue | undefined): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
