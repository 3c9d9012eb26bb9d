import { memo } from 'react';
import { cn } from '#components/ui/class-names.ts';
import type { ConsoleLineView } from '#lib/contracts/run-records.ts';
import { plainText } from './plain-text.ts';

const LEVEL: Record<string, string> = { error: 'text-danger-text', warn: 'text-warning-text', warning: 'text-warning-text' };

/** One line of the log. Its number counts from 1, as editors do. */
export const ConsoleLine = memo(function ConsoleLine({ line }: { line: ConsoleLineView }) {
  const { number, at, level, label, text } = line;
  const color = level === null ? undefined : LEVEL[level.toLowerCase()];
  return (
    <li className="flex items-start gap-3 px-3 leading-5 hover:bg-hover">
      <span className="w-12 flex-none text-right text-fg-3 tabular-nums select-none">{number + 1}</span>
      {at !== null && (
        <time dateTime={new Date(at).toISOString()} suppressHydrationWarning className="flex-none text-fg-3 select-none max-sm:hidden">
          {timeOfDay(at)}
        </time>
      )}
      <span className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere">
        {level && color && <span className={cn('mr-2 font-semibold', color)}>{level.toUpperCase()}</span>}
        {label && <span className="mr-2 text-fg-3">[{label}]</span>}
        {plainText(text)}
      </span>
    </li>
  );
});

const timeOfDay = (at: number) => new Date(at).toLocaleTimeString('en-GB');
