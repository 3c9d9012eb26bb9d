import type { Filter, RunFilter } from './filter.ts';
import { isJsonObject } from './is-json-object.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { exactPattern } from './pattern-text.ts';
import { conjuncts, textCondition } from './query-form.ts';
import { mono, type Part, plain, type Words } from './rule-words.ts';

/** The client's query language in words. Only what people read: nothing here decides. */

/** A longer query is read more easily as it was written. */
const MOST_CONDITIONS = 8;

/** How a field is spoken of; what may hold several values, and has it for one of them, has also words for none and for all. */
type Label = { some: Part; none?: Part; all?: Part; isTime?: true };

const one = (text: string): Label => ({ some: plain(text) });
const several = (word: string): Label => ({
  some: plain(`a${/^a/.test(word) ? 'n' : ''} ${word}`),
  none: plain(`no ${word}`),
  all: plain(`the ${word}${word === 'alias' ? 'es' : 's'}`),
});
const START: Label = { ...one('the start'), isTime: true };

const LABELS: Readonly<Record<string, Label>> = {
  alias: several('alias'),
  tag: several('tag'),
  tags: several('tag'),
  collection: one('the collection'),
  display_name: one('the name'),
  displayName: one('the name'),
  name: one('the id'),
  state: one('the state'),
  username: one('the user'),
  group: one('the group'),
  jobType: one('the job type'),
  created_at: START,
  createdAt: START,
};

/** A field as the subject of a sentence about one document: "the name", "alias", "config.lr". */
export const fieldText = (name: string): string => {
  const own = LABELS[name];
  return own && !own.none ? own.some.text : name;
};

/** "the name contains sweep and a tag is one of a or b"; a long query as it was written. Empty where it has no condition. */
export function queryWords(query: JsonObject): Words {
  const parts = conjuncts(query);
  return countConditions(query) > MOST_CONDITIONS ? [mono(JSON.stringify(query))] : joined(parts.map(partWords), ' and ');
}

/** The fields that a query asks about, each once. */
export function fieldsOfQuery(query: JsonValue): string[] {
  if (!isJsonObject(query)) return [];
  const fields = Object.entries(query).flatMap(([key, value]) => {
    if (!key.startsWith('$')) return [key];
    return Array.isArray(value) ? value.flatMap(fieldsOfQuery) : fieldsOfQuery(value);
  });
  return [...new Set(fields)];
}

/**
 * The filter with those conditions of its query that the named fields have words for moved there: what the client sends as
 * `alias` equal to production reads as what the dashboard keeps as the pattern ^production$. For words only.
 */
export function inNamedFields(filter: Filter): Filter {
  if (!filter.query) return filter;
  const named: Filter = { ...filter, ...(filter.run && { run: { ...filter.run } }) };
  const rest = conjuncts(filter.query).filter((part) => !takeNamed(named, part));
  delete named.query;
  return rest.length > 0 ? { ...named, query: { $and: rest } } : named;
}

const RUN_FIELDS: Readonly<Record<string, { field: 'name' | 'user' | 'group' | 'jobType'; operator: string }>> = {
  display_name: { field: 'name', operator: '$regex' },
  username: { field: 'user', operator: '$eq' },
  group: { field: 'group', operator: '$eq' },
  jobType: { field: 'jobType', operator: '$eq' },
};

function takeNamed(filter: Filter, part: JsonValue): boolean {
  const condition = textCondition(part);
  if (!condition) return false;
  const { field, operator, text } = condition;
  if (field === 'alias' || field === 'tag' || field === 'collection') {
    if (filter[field] !== undefined || (operator !== '$eq' && operator !== '$regex')) return false;
    filter[field] = operator === '$eq' ? exactPattern(text) : text;
    return true;
  }
  const own = RUN_FIELDS[field];
  if (own?.operator !== operator || filter.run?.[own.field] !== undefined) return false;
  filter.run = { ...filter.run, [own.field]: text } as RunFilter;
  return true;
}

function countConditions(query: JsonValue): number {
  if (!isJsonObject(query)) return 1;
  return Object.entries(query).reduce((count, [key, value]) => {
    if (Array.isArray(value) && key.startsWith('$')) return count + value.reduce<number>((sum, part) => sum + countConditions(part), 0);
    return count + (key === '$not' ? countConditions(value) : 1);
  }, 0);
}

function partWords(part: JsonValue): Words {
  if (!isJsonObject(part)) return [mono(JSON.stringify(part))];
  return joined(
    Object.entries(part).map(([key, value]) => (key.startsWith('$') ? structureWords(key, value) : fieldWords(key, value))),
    ' and ',
  );
}

function structureWords(key: string, value: JsonValue): Words {
  if (key === '$not') return [plain('not '), ...inBrackets(partWords(value))];
  const parts = (value as JsonValue[]).map(partWords);
  if (key === '$nor') return [plain('neither '), ...joined(parts.map(inBrackets), ' nor ')];
  const words = joined(parts, key === '$or' ? ' or ' : ' and ');
  return parts.length > 1 ? inBrackets(words) : words;
}

const inBrackets = (words: Words): Words => [plain('('), ...words, plain(')')];

function fieldWords(name: string, condition: JsonValue): Words {
  const operators = isJsonObject(condition) && Object.keys(condition).some((key) => key.startsWith('$')) ? condition : { $eq: condition };
  const own = LABELS[name] ?? { some: mono(name) };
  return joined(
    Object.entries(operators).map(([operator, operand]) =>
      operator === '$not' ? [plain('not '), ...inBrackets(fieldWords(name, operand))] : conditionWords(own, operator, operand),
    ),
    ' and ',
  );
}

const VERBS: Readonly<Record<string, string>> = {
  $gt: 'is above',
  $gte: 'is at least',
  $lt: 'is below',
  $lte: 'is at most',
  $regex: 'matches',
  $contains: 'contains',
};
const TIME_VERBS: Readonly<Record<string, string>> = { $gt: 'is after', $gte: 'is not before', $lt: 'is before', $lte: 'is not after' };

function conditionWords({ some, none, all, isTime }: Label, operator: string, operand: JsonValue): Words {
  const values = (last: 'and' | 'or') => listWords(operand as JsonValue[], last);
  switch (operator) {
    case '$eq':
      return operand === null ? [some, plain(' is not set')] : [some, plain(' is '), valueWord(operand)];
    case '$ne':
      if (operand === null) return [some, plain(' is set')];
      return none ? [none, plain(' is '), valueWord(operand)] : [some, plain(' is not '), valueWord(operand)];
    case '$in':
      return [some, plain(' is one of '), ...values('or')];
    case '$nin':
      return none ? [none, plain(' is one of '), ...values('or')] : [some, plain(' is none of '), ...values('or')];
    case '$all':
      return [all ?? some, plain(all ? ' include ' : ' includes '), ...values('and')];
    case '$exists':
      return [some, plain(operand ? ' is set' : ' is not set')];
    case '$size':
      return [plain('the number of entries in '), all ?? some, plain(' is '), valueWord(operand)];
    default:
      return [some, plain(` ${(isTime && TIME_VERBS[operator]) || VERBS[operator]} `), valueWord(operand)];
  }
}

const valueWord = (value: JsonValue): Part => mono(typeof value === 'string' && value !== '' ? value : JSON.stringify(value));

function listWords(values: JsonValue[], last: 'and' | 'or'): Words {
  if (values.length === 0) return [mono('[]')];
  return values.flatMap((value, index) => [
    ...(index === 0 ? [] : [plain(index === values.length - 1 ? ` ${last} ` : ', ')]),
    valueWord(value),
  ]);
}

const joined = (parts: Words[], between: string): Words => parts.flatMap((words, index) => (index ? [plain(between), ...words] : words));
