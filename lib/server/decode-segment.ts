/** A part of a path as text; one whose "%" stand for no text stays as it was sent. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
