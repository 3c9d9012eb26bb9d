'use client';

import { ChevronRight } from 'lucide-react';
import { eventTypeOf } from '#lib/domain/event-types.ts';
import { PatternField } from './pattern-field.tsx';
import { useQueryFields } from './query-note.tsx';
import { useValues } from './wizard-form.ts';

/** Conditions of artifact and collection events: the event's own subject first, the others behind "More conditions". */
export function ArtifactConditions() {
  const { on, scope, filter } = useValues();
  const { family } = eventTypeOf(on);
  const narrowed = scope.kind === 'collection' || scope.kind === 'registryCollection' || scope.kind === 'matching';
  const onAlias = on === 'artifact.alias_added';
  const onTag = on.includes('tag_');
  const inQuery = useQueryFields();
  const isSet = (name: 'alias' | 'tag' | 'collection') => filter[name] !== '' || inQuery.includes(name);
  const set = (!onAlias && isSet('alias')) || (!onTag && isSet('tag')) || (!narrowed && isSet('collection'));
  return (
    <>
      {scope.kind === 'matching' && <CollectionPattern label="Collections that match" />}
      {onAlias && <AliasPattern note="optional" />}
      {onTag && <TagPattern note="optional" family={family} />}
      <details open={set} className="group">
        <summary className="flex w-fit cursor-default items-center gap-1 rounded-xs text-small font-medium text-fg-2 hover:text-fg">
          <ChevronRight className="size-3.5 transition-transform duration-fast group-open:rotate-90" />
          More conditions <span className="font-normal text-fg-3">optional, all must hold</span>
        </summary>
        <div className="flex flex-col gap-5 pt-3 pl-4.5">
          {!onAlias && family === 'artifact' && <AliasPattern />}
          {!onTag && <TagPattern family={family} />}
          {!narrowed && <CollectionPattern label="Collection regex" />}
          {narrowed && family === 'collection' && <p className="text-small text-fg-2">There are no other conditions for this event.</p>}
        </div>
      </details>
    </>
  );
}

const AliasPattern = ({ note }: { note?: string }) => (
  <PatternField
    name="alias"
    label="Alias regex"
    note={note}
    noun="aliases"
    kind="alias"
    placeholder="^production$"
    hint="Any alias, unless you give a pattern in RE2 syntax."
  />
);

const TagPattern = ({ note, family }: { note?: string; family: string }) => (
  <PatternField
    name="tag"
    label="Tag regex"
    note={note}
    noun="tags"
    kind={family === 'collection' ? 'collectionTag' : 'tag'}
    placeholder="^validated$"
    hint="Any tag, unless you give a pattern in RE2 syntax."
  />
);

const CollectionPattern = ({ label }: { label: string }) => (
  <PatternField
    name="collection"
    label={label}
    noun="collections"
    kind="collection"
    placeholder="^detector-"
    hint="A pattern in RE2 syntax for collections’ names."
  />
);
