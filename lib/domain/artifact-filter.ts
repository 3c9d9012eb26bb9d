import { type Check, filterCheck } from './check.ts';
import type { Filter } from './filter.ts';
import { searchPattern } from './regex.ts';
import type { TrackedEvent } from './tracked-event.ts';
import { listInWords, quoted } from './wording.ts';

/** The names an artifact or collection event is filtered by: those involved in it. */
export type InvolvedNames = { aliases: string[]; tags: string[]; collection: string };

/**
 * An alias event involves the alias added, a tag event that tag; of what an event does not single out, all that the
 * version has is involved. Null for events without artifact or collection.
 */
export function involvedNames(event: TrackedEvent): InvolvedNames | null {
  switch (event.type) {
    case 'artifact.created':
    case 'artifact.linked':
    case 'artifact.unlinked':
      return { aliases: event.artifact.aliases, tags: event.artifact.tags, collection: event.artifact.collection };
    case 'artifact.alias_added':
      return { aliases: [event.alias], tags: event.artifact.tags, collection: event.artifact.collection };
    case 'artifact.tag_added':
    case 'artifact.tag_removed':
      return { aliases: event.artifact.aliases, tags: [event.tag], collection: event.artifact.collection };
    case 'collection.tag_added':
    case 'collection.tag_removed':
      return { aliases: [], tags: [event.tag], collection: event.collection.name };
    default:
      return null;
  }
}

/** The conditions on alias, tag and collection; each holds when one of the names involved is matched. */
export function* artifactChecks(filter: Filter, names: InvolvedNames): Generator<Check> {
  if (filter.alias !== undefined) yield nameCheck('alias', 'aliases', names.aliases, filter.alias);
  if (filter.tag !== undefined) yield nameCheck('tag', 'tags', names.tags, filter.tag);
  if (filter.collection !== undefined) yield nameCheck('collection', 'collections', [names.collection], filter.collection);
}

function nameCheck(clause: 'alias' | 'tag' | 'collection', plural: string, names: string[], pattern: string): Check {
  const matching = names.find((name) => searchPattern(pattern, name));
  return filterCheck(clause, matching !== undefined, () => {
    if (matching !== undefined) return `The ${clause} ${quoted(matching)} matches ${pattern}`;
    if (names.length === 0) return `There is no ${clause} that could match ${pattern}`;
    if (names.length === 1) return `The ${clause} ${quoted(names[0]!)} does not match ${pattern}`;
    return `None of the ${plural} ${listInWords(names.map(quoted))} matches ${pattern}`;
  });
}
