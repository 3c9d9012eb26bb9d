export type TokenKind = 'key' | 'string' | 'number' | 'keyword' | 'comment' | 'punct' | 'variable' | 'mask' | 'plain';

export interface Token {
  kind: TokenKind;
  text: string;
}

export type CodeLanguage = 'json' | 'bash' | 'python' | 'javascript' | 'go' | 'yaml' | 'text';

const STRING = String.raw`"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?`;
const NUMBER = String.raw`(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])`;
const WORDS: Partial<Record<CodeLanguage, string>> = {
  bash: 'curl|export|if|then|fi|for|do|done|npx|pip|echo',
  python: 'import|from|def|return|if|else|elif|for|in|with|as|not|and|or|True|False|None|raise|print',
  javascript: 'import|from|const|let|function|return|if|else|for|of|await|async|export|new|true|false|null|undefined|throw',
  go: 'package|import|const|var|func|return|if|else|for|range|switch|case|default|nil|true|false|continue|append|len',
  yaml: 'true|false|null',
};

function pattern(language: CodeLanguage): RegExp {
  if (language === 'json')
    return /(?<key>"(?:\\.|[^"\\])*"(?=\s*:))|(?<string>"(?:\\.|[^"\\])*"?)|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<keyword>\b(?:true|false|null)\b)|(?<variable>(?<!\$)\$\{[^}\s]*\})|(?<punct>[{}[\],:])/g;
  const comment = language === 'javascript' || language === 'go' ? String.raw`\/\/.*` : String.raw`(?<=^|\s)#.*`;
  const key = language === 'yaml' ? String.raw`(?<key>^[\s-]*[\w.-]+(?=:))|` : '';
  return new RegExp(`(?<comment>${comment})|${key}(?<string>${STRING})|(?<keyword>\\b(?:${WORDS[language]})\\b)|(?<number>${NUMBER})`, 'g');
}

/** "$${" is a literal "${". */
const INSIDE_TEMPLATE = /((?<!\$)\$\{[^}\s]*\}|•{3,})/;
const INSIDE_TEXT = /(•{3,})/;

/**
 * Lines of tokens, for colouring only: text that does not parse comes back whole. What was `rendered` holds no variables, only
 * text that may look like one.
 */
export function highlight(source: string, language: CodeLanguage, { rendered = false } = {}): Token[][] {
  const inside = rendered ? INSIDE_TEXT : INSIDE_TEMPLATE;
  const lines = source.split('\n');
  if (language === 'text') return lines.map((line) => splitInside({ kind: 'plain', text: line }, inside));
  const find = pattern(language);
  return lines.map((line) => highlightLine(line, find).flatMap((token) => splitInside(token, inside)));
}

function highlightLine(line: string, find: RegExp): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(find)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: line.slice(end, match.index) });
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] as TokenKind;
    tokens.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ kind: 'plain', text: line.slice(end) });
  return tokens;
}

/** Variables and masked secrets stand out within strings too. */
function splitInside(token: Token, inside: RegExp): Token[] {
  if (token.kind === 'variable' || token.kind === 'comment') return [token];
  // Split by a group: what it found stands at the odd places.
  const parts = token.text.split(inside).map((text, index): Token => {
    if (index % 2 === 0) return { kind: token.kind, text };
    return { kind: text.startsWith('${') ? 'variable' : 'mask', text };
  });
  return parts.filter(({ text }) => text !== '');
}

/** Two-space JSON, or the text as it is where it is none. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
