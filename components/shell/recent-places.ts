'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { RecentPlace } from '#components/layout/sidebar.tsx';
import { RESERVED_ENTITY_NAMES } from '#lib/domain/fixed-names.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { useMissing } from './missing-place.tsx';

const SHOWN = 5;
const keyOf = (username: string) => `hookline.recent.${username}`;

/** The projects and registries visited last, in this browser. Empty on the server and until the first visit. */
export function useRecentPlaces(username: string): RecentPlace[] {
  const path = usePathname();
  const organization = useSearchParams().get('organization') ?? undefined;
  const missing = useMissing() === path;
  const [places, setPlaces] = useState<RecentPlace[]>([]);
  useEffect(() => {
    const place = placeOf(path, organization);
    const others = read(username).filter(({ href }) => href !== place?.href);
    const next = place && !missing ? [place, ...others].slice(0, SHOWN) : others;
    if (place) localStorage.setItem(keyOf(username), JSON.stringify(next));
    // In a steady order: the list must not jump under the pointer when one of its lines is followed.
    setPlaces(next.toSorted((a, b) => a.label.localeCompare(b.label)));
  }, [path, organization, username, missing]);
  return places;
}

function read(username: string): RecentPlace[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(username)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((place) => typeof place?.href === 'string' && place.href.startsWith('/')) : [];
  } catch {
    return []; // somebody else's text under our key: begin anew
  }
}

function placeOf(path: string, organization: string | undefined): RecentPlace | null {
  const [first, second] = path.split('/').slice(1).map(decodeURIComponent);
  if (!first || !second) return null;
  if (first === 'registry') return { label: second, href: pagePaths.registry(second, organization), kind: 'registry' };
  if (RESERVED_ENTITY_NAMES.has(first.toLowerCase()) || second === 'settings') return null;
  return { label: second, href: pagePaths.project(first, second), kind: 'project' };
}
