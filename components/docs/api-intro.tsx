import { CodeBlock } from '#components/ui/code-block.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { pagePaths } from '#lib/domain/page-paths.ts';

/** What holds for every operation. */
export function ApiIntro({ server }: { server: string }) {
  return (
    <article className="min-w-0 text-small text-fg-2 [&_code]:text-fg [&_h2]:text-fg [&_h3]:text-fg">
      <SectionHeader title="Before you start" />
      <p>
        Everything the dashboard does goes through this API: JSON under <code>/api/v1</code>. Send an API key with each request; make one in{' '}
        <TextLink underlined href={pagePaths.settings()}>
          your settings
        </TextLink>
        .
      </p>
      <CodeBlock
        className="mt-3"
        label="curl"
        language="bash"
        text={`curl -H "Authorization: Bearer $HOOKLINE_API_KEY" ${server}/api/v1/me`}
      />
      <SectionHeader title="Lists" level={3} />
      <p>
        A list answers <code>{'{ items, next }'}</code>. Give <code>next</code> back as <code>?after=</code> for the following page;{' '}
        <code>?limit=</code> is 1 to 200.
      </p>
      <SectionHeader title="Changes" level={3} />
      <p>
        POST answers 201 with the object and 409 where the name exists. PATCH replaces the keys that it names. DELETE answers 204, and 409
        with a list where something is in use, unless <code>?force=true</code>.
      </p>
      <SectionHeader title="Errors" level={3} />
      <p>
        An error is <code>{'{ "error": { "code", "message", "issues"?, "requestId" } }'}</code>. <code>message</code> says what to do;{' '}
        <code>issues</code> name the fields by their path. Codes: invalid 400, unauthenticated 401, forbidden 403, not_found 404, conflict
        409, gone 410, too_large 413, limited 429, unavailable 503.
      </p>
      <SectionHeader title="Machine-readable" level={3} />
      <p>
        The same as OpenAPI 3.1:{' '}
        <a className="font-medium text-accent-text underline" href="/api/openapi.json">
          /api/openapi.json
        </a>
        .
      </p>
    </article>
  );
}
