import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyText } from '#components/ui/copy-button.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import type { ApiOperation, JsonSchema } from '#lib/client/openapi.ts';
import { MethodName } from './method-name.tsx';
import { Property, SchemaTree } from './schema-tree.tsx';
import { exampleOf } from './schema-words.ts';

/** One operation: what it takes, what it answers, and a command to try. */
export function OperationDetail({ operation, server }: { operation: ApiOperation; server: string }) {
  const { method, path, summary, parameters, requestBody, responses, security } = operation;
  const body = requestBody?.content['application/json']?.schema;
  const success = Object.entries(responses).find(([status]) => status !== 'default');
  const curl = curlFor(operation, server, body);
  return (
    <article className="min-w-0">
      <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 pt-4 text-lead font-semibold">
        <MethodName method={method} />
        <CopyText text={path} label="path" sign className="text-code! text-fg!" />
      </h2>
      <p className="mt-1 text-base text-fg-2">
        {summary} {security?.length === 0 && 'Needs no key.'}
      </p>
      <CodeBlock className="mt-4" label="curl" language="bash" text={curl} />
      {(['path', 'query'] as const).map((place) => {
        const here = parameters.filter((parameter) => parameter.in === place);
        if (here.length === 0) return null;
        return (
          <section key={place}>
            <SectionHeader level={3} title={place === 'path' ? 'In the path' : 'In the query'} />
            <ul className="border-t border-line">
              {here.map((parameter) => (
                <Property key={parameter.name} {...parameter} />
              ))}
            </ul>
          </section>
        );
      })}
      {body && (
        <section>
          <SectionHeader level={3} title="Body" note="JSON; unknown keys are refused" />
          <SchemaTree schema={body} />
        </section>
      )}
      {success && (
        <section>
          <SectionHeader level={3} title={`Answer ${success[0]}`} note={Object.keys(success[1].content ?? {}).join(', ') || 'no body'} />
          {Object.values(success[1].content ?? {}).map(({ schema }, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: one content type each.
            schema ? <SchemaTree key={index} schema={schema} /> : null,
          )}
        </section>
      )}
    </article>
  );
}

function curlFor({ method, path, security }: ApiOperation, server: string, body: JsonSchema | undefined): string {
  const lines = [`curl -X ${method} '${server}${path}'`];
  if (security?.length !== 0) lines.push('  -H "Authorization: Bearer $HOOKLINE_API_KEY"');
  if (body)
    lines.push("  -H 'Content-Type: application/json'", `  -d '${JSON.stringify(exampleOf(body), null, 2).replaceAll("'", "'\\''")}'`);
  return lines.join(' \\\n');
}
