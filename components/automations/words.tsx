import { cn } from '#components/ui/class-names.ts';
import type { Words as DomainWords } from '#lib/domain/rule-words.ts';

/** A sentence of the domain with its parts set off: names and numbers strong, identifiers in mono. */
export function Words({ words }: { words: DomainWords }) {
  return words.map(({ text, strong, mono }, index) =>
    strong ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other identity for its parts.
      <span key={index} className={cn('text-fg', mono && 'font-mono text-[12px]')}>
        {text}
      </span>
    ) : (
      text
    ),
  );
}
