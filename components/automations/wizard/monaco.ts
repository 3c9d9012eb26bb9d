// The editor in parts: what a payload needs and nothing else. Loaded when the Action step is first shown.
import { editor, KeyCode, KeyMod, languages, MarkerSeverity, Range } from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/contextmenu/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/wordOperations/register.js';
// features/suggest leaves the controller out: without it there is no list, and no error.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import type { Placeholder } from '#lib/domain/template.ts';
import { explainName, namesToOffer, type PayloadNames, placeholdersIn } from './payload-variables.ts';

export { editor, KeyCode, KeyMod, MarkerSeverity, Range };

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker: () => Worker };
  }
}
window.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('./payload-worker.ts', import.meta.url), { type: 'module' }),
};

export const PAYLOAD_LANGUAGE = 'hookline-payload';

/** What each open editor may complete; kept by its text's address. */
const namesOf = new Map<string, () => PayloadNames>();

/** Completion and hover of one text; answers how to end that. */
export function offerNames(model: editor.ITextModel, names: () => PayloadNames): () => void {
  const key = model.uri.toString();
  namesOf.set(key, names);
  return () => void namesOf.delete(key);
}

languages.register({ id: PAYLOAD_LANGUAGE });
languages.setLanguageConfiguration(PAYLOAD_LANGUAGE, {
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '"', close: '"', notIn: ['string'] },
  ],
});

// JSON in which placeholders may stand anywhere: JSON's own language service would call them errors.
languages.setMonarchTokensProvider(PAYLOAD_LANGUAGE, {
  tokenizer: {
    root: [
      [/\$\$\{/, 'string'],
      [/\$\{[^{}"\n\r]*\}/, 'variable'],
      [/"(?=(?:\\.|[^"\\])*"\s*:)/, { token: 'key', next: '@key' }],
      [/"/, { token: 'string', next: '@text' }],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/\b(?:true|false|null)\b/, 'keyword'],
      [/[{}[\],:]/, 'delimiter'],
    ],
    key: quoted('key'),
    text: quoted('string'),
  },
});

function quoted(token: string): languages.IMonarchLanguageRule[] {
  return [
    [/\$\$\{/, token],
    [/\$\{[^{}"\n\r]*\}/, 'variable'],
    [/\\./, token],
    [/"|$/, { token, next: '@pop' }],
    [/[^\\"$]+/, token],
    [/./, token],
  ];
}

languages.registerCompletionItemProvider(PAYLOAD_LANGUAGE, {
  triggerCharacters: ['$', '{', '.'],
  provideCompletionItems(model, position) {
    const names = namesOf.get(model.uri.toString())?.();
    if (!names) return { suggestions: [] };
    const line = model.getLineContent(position.lineNumber);
    const begun = /\$\{?[\w.]*$/.exec(line.slice(0, position.column - 1))?.[0] ?? '';
    const rest = begun ? (/^[\w.]*\}?/.exec(line.slice(position.column - 1))?.[0] ?? '') : '';
    const range = new Range(position.lineNumber, position.column - begun.length, position.lineNumber, position.column + rest.length);
    return {
      suggestions: namesToOffer(names).map(({ name, description, sample }, index) => ({
        label: { label: `\${${name}}`, description: sample.length > 40 ? `${sample.slice(0, 39)}…` : sample },
        kind: languages.CompletionItemKind.Variable,
        insertText: `\${${name}}`,
        filterText: `\${${name}}`,
        sortText: String(index).padStart(3, '0'),
        detail: description,
        documentation: `For this event: ${sample}`,
        range,
      })),
    };
  },
});

languages.registerHoverProvider(PAYLOAD_LANGUAGE, {
  provideHover(model, position) {
    const names = namesOf.get(model.uri.toString())?.();
    if (!names) return null;
    const at = model.getOffsetAt(position);
    const found = placeholdersIn(model.getValue()).find(({ offset, length }) => at >= offset && at <= offset + length);
    const explained = found && explainName(found.name, names);
    if (!explained) return null;
    return {
      range: rangeOf(model, found),
      contents: [{ value: explained.description }, { value: `\`\`\`\n${explained.sample.slice(0, 500)}\n\`\`\`` }],
    };
  },
});

/** The placeholders of a text, as ranges to mark. */
export function placeholderRanges(model: editor.ITextModel): Range[] {
  return placeholdersIn(model.getValue()).map((placeholder) => rangeOf(model, placeholder));
}

const rangeOf = (model: editor.ITextModel, { offset, length }: Placeholder): Range =>
  Range.fromPositions(model.getPositionAt(offset), model.getPositionAt(offset + length));

/** A theme from the page's own colours; named anew each time, as a theme's name is only read once. */
export function defineTheme(name: string, dark: boolean, color: (token: string) => string) {
  const foreground = (token: string) => color(token).slice(1);
  editor.defineTheme(name, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: foreground('--text') },
      { token: 'key', foreground: foreground('--syn-key') },
      { token: 'string', foreground: foreground('--syn-string') },
      { token: 'number', foreground: foreground('--syn-number') },
      { token: 'keyword', foreground: foreground('--syn-keyword') },
      { token: 'delimiter', foreground: foreground('--syn-punct') },
      { token: 'variable', foreground: foreground('--syn-var') },
    ],
    colors: {
      'editor.background': color('--panel'),
      'editor.foreground': color('--text'),
      'editorLineNumber.foreground': color('--text-3'),
      'editorLineNumber.activeForeground': color('--text'),
      'editorCursor.foreground': color('--text'),
      'editor.lineHighlightBackground': color('--hover'),
      'editor.lineHighlightBorder': color('--hover'),
      'editor.selectionBackground': color('--accent-tint'),
      'editorWidget.background': color('--raised'),
      'editorWidget.border': color('--border-strong'),
      'editorHoverWidget.background': color('--raised'),
      'editorHoverWidget.border': color('--border-strong'),
      'editorSuggestWidget.background': color('--raised'),
      'editorSuggestWidget.border': color('--border-strong'),
      'editorSuggestWidget.foreground': color('--text'),
      'editorSuggestWidget.selectedBackground': color('--hover'),
      'editorSuggestWidget.selectedForeground': color('--text'),
      'editorSuggestWidget.highlightForeground': color('--accent-text'),
      'editorSuggestWidget.focusHighlightForeground': color('--accent-text'),
      'editorError.foreground': color('--danger'),
      'editorWarning.foreground': color('--warning'),
      'menu.background': color('--raised'),
      'menu.foreground': color('--text'),
      'menu.selectionBackground': color('--hover'),
      'menu.selectionForeground': color('--text'),
      focusBorder: color('--accent'),
    },
  });
}
