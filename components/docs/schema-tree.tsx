import { Chip } from '#components/ui/chip.tsx';
import type { JsonSchema } from '#lib/client/openapi.ts';
import { innerOf, limitWords, typeWords } from './schema-words.ts';

/** The properties of a schema; what lies deeper folds open. */
export function SchemaTree({ schema }: { schema: JsonSchema }) {
  const inner = innerOf(schema);
  if (!inner) return <p className="text-small text-fg-2">{typeWords(schema)}</p>;
  if (inner.kind === 'shapes') {
    return (
      <ul className="grid gap-3">
        {inner.of.map((shape, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: shapes have a fixed order and no name.
          <li key={index}>
            <p className="mb-1 text-meta text-fg-3">{index === 0 ? 'Either' : 'or'}</p>
            <SchemaTree schema={shape} />
          </li>
        ))}
      </ul>
    );
  }
  const { properties = {}, required = [] } = inner.of;
  return (
    <ul className="border-t border-line">
      {Object.entries(properties).map(([name, property]) => (
        <Property key={name} name={name} schema={property} required={required.includes(name)} />
      ))}
    </ul>
  );
}

interface PropertyProps {
  name: string;
  schema: JsonSchema;
  required: boolean;
}

export function Property({ name, schema, required }: PropertyProps) {
  const facts = limitWords(schema);
  return (
    <li className="border-b border-line py-2 text-small">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <code className="font-medium wrap-anywhere">{name}</code>
        <span className="min-w-0 text-meta text-fg-2 wrap-anywhere">{typeWords(schema)}</span>
        {required && <Chip>required</Chip>}
      </p>
      {schema.description && <p className="text-fg-2">{schema.description}</p>}
      {facts.length > 0 && <p className="text-meta text-fg-3">{facts.join(', ')}</p>}
      {schema.pattern && <p className="font-mono text-[12px] text-fg-3 wrap-anywhere">{schema.pattern}</p>}
      {innerOf(schema) && (
        <details className="mt-1">
          <summary className="w-fit rounded-xs text-meta font-medium text-accent-text">What is inside</summary>
          <div className="mt-2 border-l border-line pl-3">
            <SchemaTree schema={schema} />
          </div>
        </details>
      )}
    </li>
  );
}
