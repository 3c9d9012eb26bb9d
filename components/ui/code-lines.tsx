import { cn } from './class-names.ts';
import type { Token, TokenKind } from './highlight.ts';

const COLOR: Record<TokenKind, string | undefined> = {
  key: 'text-syn-key',
  string: 'text-syn-string',
  number: 'text-syn-number',
  keyword: 'text-syn-keyword',
  comment: 'text-syn-comment',
  punct: 'text-syn-punct',
  variable: '-mx-0.5 rounded-[3px] bg-syn-var-bg px-0.5 py-px text-syn-var',
  mask: 'tracking-[0.08em] text-fg-3',
  plain: undefined,
};

/** Coloured tokens of one line. */
export function Tokens({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens of a line have no identity but their place.
    <span key={index} className={COLOR[token.kind]}>
      {token.text}
    </span>
  ));
}

interface CodeLinesProps {
  lines: readonly (readonly Token[])[];
  numbers?: boolean;
  /** Long lines break, hanging under their own indent; otherwise the block scrolls sideways. */
  wrap?: boolean;
}

export function CodeLines({ lines, numbers, wrap }: CodeLinesProps) {
  return lines.map((tokens, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: a line's number is its identity.
      key={index}
      className={cn('relative block min-h-5 px-3', wrap ? 'whitespace-pre-wrap wrap-anywhere' : 'whitespace-pre', numbers && 'pl-[52px]')}
      style={wrap ? hanging(tokens, numbers) : undefined}
    >
      {numbers && (
        <span aria-hidden="true" className="absolute left-0 w-9 text-right text-fg-3 tabular-nums select-none" style={{ textIndent: 0 }}>
          {index + 1}
        </span>
      )}
      <Tokens tokens={tokens} />
    </span>
  ));
}

function hanging(tokens: readonly Token[], numbers?: boolean) {
  const text = tokens.map((token) => token.text).join('');
  const indent = Math.min(text.length - text.trimStart().length, 24) + 2;
  return { paddingLeft: `calc(${numbers ? 52 : 12}px + ${indent}ch)`, textIndent: `-${indent}ch` };
}
