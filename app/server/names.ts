/** Names in addresses arrive percent-encoded. */
export async function namesOf<Key extends string>(params: Promise<Record<Key, string>>): Promise<Record<Key, string>> {
  const raw = Object.entries(await params) as [Key, string][];
  return Object.fromEntries(raw.map(([key, value]) => [key, decodeURIComponent(value)])) as Record<Key, string>;
}
