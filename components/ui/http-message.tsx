'use client';

import { cn } from './class-names.ts';
import { CodeLines, Tokens } from './code-lines.tsx';
import { highlight, prettyJson } from './highlight.ts';
import { Tooltip } from './tooltip.tsx';

export interface HttpHeader {
  name: string;
  /** Secrets arrive masked as •••; they are drawn lighter. */
  value: string;
  /** Explained on hover and focus: how a signature is made. */
  note?: string;
}

interface HttpMessageProps {
  /** "POST /hooks/models HTTP/1.1" or "HTTP/1.1 200 OK". */
  startLine: string;
  headers: readonly HttpHeader[];
  body?: string;
  /** Decides the colours; JSON is recognised by the content type or by its first character. */
  contentType?: string;
  /** Indents a JSON body; leave it off where bytes matter. */
  pretty?: boolean;
  /** The rest of the body was not kept. */
  truncated?: boolean;
  label: string;
  className?: string;
}

/** A request or response the way it stands on the wire. Put it into a Snippet. */
export function HttpMessage({ startLine, headers, body, contentType, pretty, truncated, label, className }: HttpMessageProps) {
  const json = body !== undefined && isJson(body, contentType);
  const shown = body === undefined ? undefined : json && pretty ? prettyJson(body) : body;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no place for code.
    <pre
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      aria-label={label}
      className={cn('max-h-[560px] overflow-auto py-2.5 font-mono text-code text-syn-key focus-visible:-outline-offset-2', className)}
    >
      <code className="block">
        <span className="block px-3 font-semibold text-fg wrap-anywhere whitespace-pre-wrap">{startLine}</span>
        {headers.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: header names may repeat, order is fixed.
          <HeaderLine key={index} header={header} />
        ))}
        {shown !== undefined && shown !== '' && (
          <>
            <span className="block min-h-5" />
            <CodeLines lines={highlight(shown, json ? 'json' : 'text', { rendered: true })} wrap />
          </>
        )}
        {truncated && <span className="block px-3 pt-2 font-sans text-meta text-fg-3">The rest was not kept.</span>}
      </code>
    </pre>
  );
}

function HeaderLine({ header }: { header: HttpHeader }) {
  const value = highlight(header.value, 'text')[0] ?? [];
  return (
    <span className="block pr-3 pl-[calc(12px+2ch)] -indent-[2ch] wrap-anywhere whitespace-pre-wrap">
      <Tooltip content={header.note} side="bottom">
        {header.note ? (
          <button type="button" className="rounded-[2px] text-fg-3 underline decoration-dotted underline-offset-3">
            {header.name}:
          </button>
        ) : (
          <span className="text-fg-3">{header.name}:</span>
        )}
      </Tooltip>{' '}
      <span className="text-fg">
        <Tokens tokens={value} />
      </span>
    </span>
  );
}

function isJson(body: string, contentType?: string): boolean {
  if (contentType) return /\bjson\b/i.test(contentType);
  return /^\s*[[{]/.test(body);
}
