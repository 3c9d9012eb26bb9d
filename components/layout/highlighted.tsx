interface Searchable {
  label: string;
  hint?: string;
  keywords?: readonly string[];
}

/** Every word of the query must occur somewhere in what the item says. */
export function matchesQuery(item: Searchable, query: string): boolean {
  const text = [item.label, item.hint, ...(item.keywords ?? [])].join(' ').toLowerCase();
  return words(query).every((word) => text.includes(word));
}

/** Marks the query's words in a text. */
export function Highlighted({ text, query }: { text: string; query: string }) {
  return splitByMatch(text, query).map((part) =>
    part.match ? (
      <b key={part.start} className="font-semibold text-accent-text">
        {part.text}
      </b>
    ) : (
      <span key={part.start}>{part.text}</span>
    ),
  );
}

export interface TextPart {
  text: string;
  start: number;
  match: boolean;
}

export function splitByMatch(text: string, query: string): TextPart[] {
  const sought = words(query).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (sought.length === 0) return [{ text, start: 0, match: false }];
  let start = 0;
  return text
    .split(new RegExp(`(${sought.join('|')})`, 'gi'))
    .map((part, index) => {
      const at = start;
      start += part.length;
      return { text: part, start: at, match: index % 2 === 1 };
    })
    .filter((part) => part.text !== '');
}

const words = (query: string) => query.toLowerCase().split(/\s+/).filter(Boolean);
