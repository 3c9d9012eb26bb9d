'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';

/** What an entry of the address means; of one that is not there (null), what its absence means. */
type Read<Value> = (raw: string | null) => Value;
type Reads = Readonly<Record<string, Read<string | number | null>>>;
type Values<Of extends Reads> = { [Key in keyof Of]: ReturnType<Of[Key]> };
type Changes<Of extends Reads> = { [Key in keyof Of]?: ReturnType<Of[Key]> | null };

interface Way {
  /** "push" is a step that Back takes again. */
  history?: 'push' | 'replace';
  /** To the top of the page. */
  scroll?: boolean;
}

export const text: Read<string | null> = (raw) => raw;
export const textOr =
  (fallback: string): Read<string> =>
  (raw) =>
    raw ?? fallback;
export const wholeNumber: Read<number | null> = (raw) => (raw !== null && /^-?\d+$/.test(raw) ? Number(raw) : null);

/** One of `values`; everything else reads as `fallback`. */
export function oneOf<const Value extends string>(values: readonly Value[]): Read<Value | null>;
export function oneOf<const Value extends string>(values: readonly Value[], fallback: NoInfer<Value>): Read<Value>;
export function oneOf<const Value extends string>(values: readonly Value[], fallback: Value | null = null): Read<Value | null> {
  return (raw) => values.find((value) => value === raw) ?? fallback;
}

/**
 * State of a page that is kept in its address: what a page that is opened anew, or sent to somebody, shows again.
 * A change is seen at once; the address follows. What is null or means the same as nothing is not in it.
 */
export function useAddress<const Of extends Reads>(reads: Of, way: Way = {}) {
  const path = usePathname();
  const params = useSearchParams();
  const here = params.toString();
  const wanted = useSyncExternalStore(subscribe, () => ahead, nothing);
  useEffect(() => settle(path, here, wanted), [path, here, wanted]);

  const search = wanted?.path === path && wanted.past.has(here) ? new URLSearchParams(wanted.search) : params;
  const values = Object.fromEntries(Object.entries(reads).map(([key, read]) => [key, read(search.get(key))])) as Values<Of>;
  /** With null, every entry goes. */
  const set = (changes: Changes<Of> | null, once?: Way) => {
    const next = new URLSearchParams(ahead?.path === window.location.pathname ? ahead.search : window.location.search);
    for (const [key, read] of Object.entries(reads)) {
      if (changes && !(key in changes)) continue;
      const value = changes?.[key] ?? null;
      if (value === null || value === read(null)) next.delete(key);
      else next.set(key, String(value));
    }
    goAhead(next.toString(), { ...way, ...once });
  };
  return [values, set] as const;
}

/** Next tells a new address later than a field that is typed into must show its letter. Until then, this is the truth. */
interface Ahead {
  path: string;
  search: string;
  /** What it takes the place of. */
  past: ReadonlySet<string>;
  written: boolean;
}

/** Safari throws when an address changes more often than a hundred times in thirty seconds. */
const MS_BETWEEN_WRITES = 300;

let ahead: Ahead | null = null;
let lastWrite = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const nothing = () => null;

function goAhead(search: string, { history, scroll }: Way): void {
  const path = window.location.pathname;
  const replaced = ahead?.path === path ? [...ahead.past, ahead.search] : [new URLSearchParams(window.location.search).toString()];
  tell({ path, search, past: new Set(replaced.filter((old) => old !== search)), written: false });
  clearTimeout(timer);
  const wait = lastWrite + MS_BETWEEN_WRITES - performance.now();
  if (history === 'push' || wait <= 0) write(history);
  else timer = setTimeout(write, wait);
  if (scroll) window.scrollTo(0, 0);
}

function write(history?: 'push' | 'replace'): void {
  if (!ahead || ahead.path !== window.location.pathname) return;
  lastWrite = performance.now();
  const address = `${ahead.path}${ahead.search && `?${ahead.search}`}${window.location.hash}`;
  if (history === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
  tell({ ...ahead, written: true });
}

/** Forgets what Next has caught up with, and what somebody has left by going elsewhere. */
function settle(path: string, here: string, seen: Ahead | null): void {
  if (!seen || seen !== ahead) return;
  const underWay = path === seen.path && (seen.past.has(here) || (here === seen.search && !seen.written));
  if (!underWay) forget();
}

function forget(): void {
  clearTimeout(timer);
  if (ahead) tell(null);
}

function tell(next: Ahead | null): void {
  ahead = next;
  for (const listener of listeners) listener();
}

/** A link that is followed comes after what was typed: written while Next is on its way, that would call Next back. */
function catchUp(event: Event): void {
  if (event.type !== 'click' && !(event instanceof KeyboardEvent && event.key === 'Enter')) return;
  clearTimeout(timer);
  if (ahead && !ahead.written) write();
}

const WATCHED = { popstate: forget, click: catchUp, keydown: catchUp } as const;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) for (const [name, act] of Object.entries(WATCHED)) window.addEventListener(name, act, true);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    for (const [name, act] of Object.entries(WATCHED)) window.removeEventListener(name, act, true);
    forget();
  };
}
