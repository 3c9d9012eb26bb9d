import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import type { JsonObject } from '#lib/domain/json.ts';
import { isStorable } from '#lib/domain/storable-text.ts';
import { type DocumentCost, documentCost, MAX_DEPTH, MAX_FIELDS, MAX_PAGE } from './document-cost.ts';

const MAX_TOKENS = 20_000;
/** Comments are no tokens, and megabytes of them hold everybody up. */
const MAX_LENGTH = 1_000_000;
const MAX_KEPT = 500;
/** Longer texts are prepared each time, so that nobody can fill the memory with them. */
const MAX_KEPT_LENGTH = 32_768;

/** The client takes fragments out where a feature is off, and leaves their variables behind. */
const RULES = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule && rule !== NoUnusedFragmentsRule);

export type Prepared =
  | { kind: 'ready'; document: DocumentNode; cost: DocumentCost }
  | { kind: 'refused'; errors: readonly { message: string }[] };

/** Parses, weighs and validates a document; what passed is kept, as clients send the same few over and over. */
export function createPreparedDocuments(schema: GraphQLSchema) {
  const kept = new Map<string, Prepared>();
  return (text: string): Prepared => {
    const known = kept.get(text);
    if (known) return known;
    const prepared = prepare(schema, text);
    if (prepared.kind === 'ready' && text.length <= MAX_KEPT_LENGTH) {
      if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value!);
      kept.set(text, prepared);
    }
    return prepared;
  };
}

function prepare(schema: GraphQLSchema, text: string): Prepared {
  if (text.length > MAX_LENGTH)
    return refused(`A document has at most ${MAX_LENGTH.toLocaleString('en')} characters; values go into variables.`);
  let document: DocumentNode;
  try {
    document = parse(text, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return refused(error.message);
    if (error instanceof RangeError) return refused('The document is nested too deeply.'); // the parser's stack has an end
    throw error;
  }
  const cost = documentCost(document);
  if (cost.depth > MAX_DEPTH) return refused(`A document is at most ${MAX_DEPTH} levels deep; this one has ${cost.depth}.`);
  if (cost.fields > MAX_FIELDS) {
    return refused(`A document asks for at most ${MAX_FIELDS.toLocaleString('en')} fields, fragments written out; this one for more.`);
  }
  if (cost.page > MAX_PAGE) return refused(PAGE_TOO_LONG);
  if (holdsUnstorable(document)) return refused('A text of the document holds a NUL character. Remove it.');
  const errors = validate(schema, document, RULES, { maxErrors: 10, hideSuggestions: true });
  return errors.length > 0 ? { kind: 'refused', errors } : { kind: 'ready', document, cost };
}

function holdsUnstorable(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    StringValue({ value }) {
      found ||= !isStorable(value);
    },
  });
  return found;
}

const PAGE_TOO_LONG = `A page has at most ${MAX_PAGE.toLocaleString('en')} entries.`;
const refused = (message: string): Prepared => ({ kind: 'refused', errors: [{ message }] });

/** Why these variables cannot be used with the document; null when they can. */
export function refusedVariables({ pageVariables }: DocumentCost, variables: JsonObject): string | null {
  for (const name of pageVariables) {
    const length = variables[name];
    if (typeof length === 'number' && length > MAX_PAGE) return PAGE_TOO_LONG;
  }
  return null;
}
