'use client';

import { useTheme } from 'next-themes';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { defineTheme, editor, KeyCode, KeyMod, MarkerSeverity, offerNames, PAYLOAD_LANGUAGE, placeholderRanges, Range } from './monaco.ts';
import type { PayloadEditorProps } from './payload-editor.tsx';
import './payload-editor.css';

const LINE = 20;
const FEWEST_LINES = 10;
const MOST_LINES = 28;
const PADDING = 8;
const heightOf = (content: number) => Math.min(Math.max(content, FEWEST_LINES * LINE + 2 * PADDING), MOST_LINES * LINE);

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  language: PAYLOAD_LANGUAGE,
  automaticLayout: true,
  // Tab always leaves: a field of a form is no trap. Lists of suggestions take it while they are open.
  tabFocusMode: true,
  editContext: false,
  fixedOverflowWidgets: true,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 8, horizontalScrollbarSize: 8 },
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  folding: false,
  glyphMargin: false,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 12,
  lineHeight: LINE,
  fontSize: 12.5,
  padding: { top: PADDING, bottom: PADDING },
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  wordWrap: 'on',
  tabSize: 2,
  insertSpaces: true,
  // Typed over a selection, a bracket takes its place: closing ones put around the old text would outlive it.
  autoSurround: 'never',
  wordBasedSuggestions: 'off',
  quickSuggestions: false,
  links: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  suggest: { showIcons: false, showStatusBar: false },
  occurrencesHighlight: 'off',
  stickyScroll: { enabled: false },
  bracketPairColorization: { enabled: false },
  guides: { indentation: false },
};

interface MonacoEditorProps extends PayloadEditorProps {
  /** Ids of the form's label, hint and error. */
  control: { id?: string; 'aria-describedby'?: string };
  label: string;
  /** What had the focus before: the textarea that it takes the place of. */
  focusAt: number | null;
}

/** The editor itself, dressed as a field of the form. */
export default function MonacoEditor(props: MonacoEditorProps) {
  const { ref, value, problems, invalid, control, label, focusAt } = props;
  const box = useRef<HTMLDivElement>(null);
  const [made, setMade] = useState<editor.IStandaloneCodeEditor | null>(null);
  const { resolvedTheme } = useTheme();
  const changed = useEffectEvent((text: string) => {
    if (text !== value) props.onChange(text);
  });
  const format = useEffectEvent(() => props.onFormat());
  const names = useEffectEvent(() => ({ on: props.on, sampleValues: props.sampleValues, secretNames: props.secretNames }));
  const first = useEffectEvent(() => ({
    value,
    focusAt,
    label,
    fontFamily: getComputedStyle(box.current!).fontFamily,
    theme: themeFor(box.current!, resolvedTheme),
  }));

  useEffect(() => {
    const element = box.current!;
    const start = first();
    const created = editor.create(element, {
      ...OPTIONS,
      value: start.value,
      ariaLabel: start.label,
      fontFamily: start.fontFamily,
      theme: start.theme,
    });
    const model = created.getModel()!;
    model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    const stopOffering = offerNames(model, () => names());
    const placeholders = created.createDecorationsCollection();
    const markPlaceholders = () =>
      placeholders.set(placeholderRanges(model).map((range) => ({ range, options: { inlineClassName: 'payload-placeholder' } })));
    created.onDidChangeModelContent(() => {
      markPlaceholders();
      changed(created.getValue());
    });
    created.onDidContentSizeChange(({ contentHeight }) => {
      element.style.height = `${heightOf(contentHeight)}px`;
    });
    created.addCommand(KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF, () => format());
    markPlaceholders();
    element.style.height = `${heightOf(created.getContentHeight())}px`;
    if (start.focusAt !== null) {
      created.setPosition(model.getPositionAt(start.focusAt));
      created.focus();
    }
    setMade(created);
    return () => {
      stopOffering();
      model.dispose();
      created.dispose();
    };
  }, []);

  useEffect(() => {
    if (made && made.getValue() !== value) {
      made.executeEdits('form', [{ range: made.getModel()!.getFullModelRange(), text: value }]);
      made.pushUndoStop();
    }
  }, [made, value]);

  useEffect(() => {
    const model = made?.getModel();
    if (!model) return;
    editor.setModelMarkers(
      model,
      'payload',
      problems.map(({ offset, length, message, severity }) => {
        const start = model.getPositionAt(offset);
        const end = model.getPositionAt(offset + Math.max(length, 1));
        return {
          startLineNumber: start.lineNumber,
          startColumn: start.column,
          endLineNumber: end.lineNumber,
          endColumn: end.column,
          message,
          severity: severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
        };
      }),
    );
  }, [made, problems]);

  useEffect(() => {
    if (!made) return;
    editor.setTheme(themeFor(box.current!, resolvedTheme));
  }, [made, resolvedTheme]);

  const { id, 'aria-describedby': describedBy } = control;
  useEffect(() => {
    const input = made && box.current?.querySelector('textarea');
    if (!input) return;
    if (id) input.id = id;
    setOrRemove(input, 'aria-describedby', describedBy);
    setOrRemove(input, 'aria-invalid', invalid ? 'true' : undefined);
  }, [made, id, describedBy, invalid]);

  useImperativeHandle(ref, () => ({
    insert: (text) => {
      if (!made) return;
      made.focus();
      made.executeEdits('variables', [{ range: made.getSelection() ?? new Range(1, 1, 1, 1), text, forceMoveMarkers: true }]);
      made.pushUndoStop();
    },
    reveal: ({ line, column }) => {
      made?.setPosition({ lineNumber: line, column });
      made?.revealLineInCenterIfOutsideViewport(line);
      made?.focus();
    },
  }));

  return <div ref={box} className={cn('payload-editor', invalid && 'payload-editor-invalid')} />;
}

/** The editor's theme of the page's colours as they are now. */
function themeFor(element: Element, theme = 'light'): string {
  const style = getComputedStyle(element);
  const name = `hookline-${theme}`;
  defineTheme(name, theme === 'dark', (token) => hexColor(style.getPropertyValue(token).trim()));
  return name;
}

function setOrRemove(element: Element, name: string, value: string | undefined) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

/** Whatever CSS takes for a colour, as #rrggbb. */
function hexColor(color: string): string {
  if (/^#[\da-f]{6}$/i.test(color)) return color;
  const context = document.createElement('canvas').getContext('2d')!;
  context.fillStyle = color;
  return /^#/.test(context.fillStyle) ? context.fillStyle : '#808080';
}
