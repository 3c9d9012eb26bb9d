import { type ApiReference, apiReferenceOf } from '#lib/client/openapi.ts';
import { ourDispatch } from './prefetch.tsx';

let known: { text: string; reference: ApiReference } | undefined;

/** What `GET /api/openapi.json` says, read once: it does not change while the process runs. */
export async function readApiReference(): Promise<ApiReference> {
  const response = await ourDispatch()(new Request('http://in-process/api/openapi.json'));
  const text = await response.text();
  if (!response.ok) throw new Error(`/api/openapi.json answered ${response.status}`);
  if (known?.text !== text) known = { text, reference: apiReferenceOf(JSON.parse(text)) };
  return known.reference;
}
