'use client';

import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { CodeLines } from './code-lines.tsx';
import { CopyButton } from './copy-button.tsx';
import { type CodeLanguage, highlight } from './highlight.ts';
import { Tabs } from './tabs.tsx';

/** The box around code: hairline, own background. Head and foot are lines of meta. */
export function Snippet({
  head,
  foot,
  className,
  children,
}: {
  head?: ReactNode;
  foot?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={cn('overflow-hidden rounded-control border border-line bg-code', className)}>
      {head && <div className="flex min-h-9 items-center gap-2 border-b border-line pr-1 pl-3 text-meta text-fg-2">{head}</div>}
      {children}
      {foot && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1.5 text-meta text-fg-3">{foot}</div>
      )}
    </div>
  );
}

interface CodeProps {
  text: string;
  language?: CodeLanguage;
  /** Names the block for screen readers. */
  label: string;
  numbers?: boolean;
  wrap?: boolean;
  className?: string;
}

/** Code alone, without a box: scrolls by keyboard too. */
export function Code({ text, language = 'json', label, numbers, wrap, className }: CodeProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no place for code.
    <pre
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      aria-label={label}
      className={cn('overflow-x-auto py-2.5 font-mono text-code text-syn-key [tab-size:2] focus-visible:-outline-offset-2', className)}
    >
      <code className={cn('block', !wrap && 'min-w-max')}>
        <CodeLines lines={highlight(text, language)} numbers={numbers} wrap={wrap} />
      </code>
    </pre>
  );
}

interface CodeBlockProps extends CodeProps {
  /** At the left of the head: a file name. */
  title?: ReactNode;
  foot?: ReactNode;
  /** What the copy button puts on the clipboard, if not the text. */
  copyText?: string;
}

export function CodeBlock({ title, foot, copyText, className, ...code }: CodeBlockProps) {
  const copy = <CopyButton text={copyText ?? code.text} />;
  return (
    <Snippet
      className={className}
      foot={foot}
      head={
        <>
          <span className="min-w-0 truncate font-mono text-[12px]">{title ?? code.label}</span>
          <span className="ml-auto flex items-center">{copy}</span>
        </>
      }
    >
      <Code {...code} />
    </Snippet>
  );
}

export interface CodeTab {
  value: string;
  label: string;
  text: string;
  language: CodeLanguage;
}

/** The same thing in several languages. */
export function CodeTabs({
  label,
  tabs,
  value,
  onChange,
}: {
  label: string;
  tabs: readonly CodeTab[];
  value: string;
  onChange: (value: string) => void;
}) {
  const current = tabs.find((tab) => tab.value === value) ?? tabs[0];
  return (
    <Snippet>
      <Tabs
        panel
        label={label}
        value={current?.value}
        onChange={onChange}
        end={<CopyButton text={current?.text ?? ''} />}
        tabs={tabs.map((tab) => ({
          value: tab.value,
          label: tab.label,
          content: <Code text={tab.text} language={tab.language} label={`${label}, ${tab.label}`} wrap />,
        }))}
      />
    </Snippet>
  );
}
