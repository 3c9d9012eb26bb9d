import { e2eInstance } from '../instance.ts';

export interface Answer {
  path: string;
  status: number;
  text: string;
}

/** Lists are read to their end, but not without one. */
const MOST_PAGES = 50;
const MOST_PER_ADDRESS = 200;
const AT_ONCE = 4;

/** What an item of a list is called in an address. */
const SEGMENTS: readonly { list: RegExp; of: (item: Item) => unknown[] }[] = [
  { list: /\/projects$/, of: ({ entity, name }) => [entity, name] },
  { list: /\/artifacts$/, of: ({ type, name }) => [type, name] },
  { list: /\/versions$/, of: ({ version }) => [version] },
];
const OTHERS = ({ id, name, username }: Item) => [id ?? name ?? username];

type Item = Record<string, unknown>;

/** Asks every GET of the API about everything there is, the way whoever holds this key can. */
export async function crawl(apiKey: string): Promise<{ answers: Answer[]; templates: Map<string, number> }> {
  const { url } = e2eInstance();
  const headers = { authorization: `Bearer ${apiKey}` };
  const answers: Answer[] = [];
  const lists = new Map<string, Promise<Item[]>>();

  const get = async (path: string): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
    const answer = { path, status: response.status, text: await response.text() };
    answers.push(answer);
    return answer;
  };
  const readList = async (path: string): Promise<Item[]> => {
    const items: Item[] = [];
    let after = '';
    for (let page = 0; page < MOST_PAGES; page++) {
      const { status, text } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=200${after}`);
      if (status !== 200) return items;
      const found: { items?: Item[]; next?: string | null } = JSON.parse(text);
      items.push(...(found.items ?? []));
      if (!found.next) return items;
      after = `&after=${encodeURIComponent(found.next)}`;
    }
    return items;
  };
  const listOnce = (path: string) => {
    if (!lists.has(path)) lists.set(path, readList(path));
    return lists.get(path)!;
  };

  /** Every address that a template stands for; `query` says in which organization. */
  async function addressesOf(template: string, query = ''): Promise<string[]> {
    const at = template.indexOf('/{');
    if (at < 0) return [template + query];
    const names = /^(\/\{\w+\})+/.exec(template.slice(at))![0];
    const [prefix, rest] = [template.slice(0, at), template.slice(at + names.length)];
    const { of } = SEGMENTS.find(({ list }) => list.test(prefix)) ?? { of: OTHERS };
    const items = (await listOnce(prefix + query)).slice(0, MOST_PER_ADDRESS);
    const inside = items.map((item) => {
      const segments = of(item).map((segment) => encodeURIComponent(String(segment)));
      const organization = prefix.endsWith('/registries') ? `?organization=${item.organization}` : query;
      return addressesOf([prefix, ...segments].join('/') + rest, organization);
    });
    return (await Promise.all(inside)).flat();
  }

  const { paths }: { paths: Record<string, { get?: { parameters?: { name: string }[] } }> } = JSON.parse(
    (await get('/api/openapi.json')).text,
  );
  const templates = new Map<string, number>();
  for (const [template, { get: operation }] of Object.entries(paths)) {
    if (!operation || template.endsWith('/stream')) continue;
    const isList = operation.parameters?.some(({ name }) => name === 'after') ?? false;
    const addresses = (await addressesOf(template)).slice(0, MOST_PER_ADDRESS);
    let fine = 0;
    const next = async (): Promise<void> => {
      for (let address = addresses.pop(); address !== undefined; address = addresses.pop()) {
        if (isList) fine += (await listOnce(address)) ? 1 : 0;
        else if ((await get(address)).status < 400) fine += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    templates.set(template, fine);
  }
  return { answers, templates };
}
