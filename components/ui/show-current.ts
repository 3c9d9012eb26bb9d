'use client';

import { useEffect, useRef } from 'react';

/** Scrolls a sideways list, and only that, so its current link is in sight; again when `key` changes. */
export function useShowCurrent<List extends HTMLElement>(key: string) {
  const list = useRef<List>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the current link is another one.
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (!list.current || !current) return;
    const room = list.current.getBoundingClientRect();
    const link = current.getBoundingClientRect();
    if (link.right > room.right) list.current.scrollLeft += link.right - room.right + 24;
    else if (link.left < room.left) list.current.scrollLeft -= room.left - link.left + 24;
  }, [key]);
  return list;
}
