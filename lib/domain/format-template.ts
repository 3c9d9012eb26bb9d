import { parseTemplate } from './template.ts';

/** A template as two-space JSON, its placeholders kept as they are; null where it is not JSON around them. */
export function formatTemplate(text: string): string | null {
  const { segments } = parseTemplate(text);
  const bare: string[] = [];
  let json = '';
  let end = 0;
  for (const segment of segments) {
    if (typeof segment === 'string' || segment.inString) continue;
    json += text.slice(end, segment.offset);
    json += `"${MARK}${bare.length}${MARK}"`;
    bare.push(text.slice(segment.offset, segment.offset + segment.length));
    end = segment.offset + segment.length;
  }
  json += text.slice(end);
  try {
    const formatted = JSON.stringify(JSON.parse(json), null, 2);
    return formatted.replace(MARKED, (_, index: string) => bare[Number(index)]!);
  } catch {
    return null;
  }
}

/** Of the private use area: no text that somebody types holds it. */
const MARK = '\uE000';
const MARKED = new RegExp(`"${MARK}(\\d+)${MARK}"`, 'g');
