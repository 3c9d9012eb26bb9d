'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import type { MeView, MyEntity } from '#lib/contracts/session.ts';
import { ENTITY_COOKIE } from './entity-cookie.ts';

/**
 * The entity whose things the frame shows: the one in the address when it is mine, else `?entity=`, else the one shown last, else the
 * first team. Remembered in a cookie, so that the server draws the same.
 */
export function useCurrentEntity(me: MeView, remembered: string | undefined): MyEntity {
  const first = decodeURIComponent(usePathname().split('/')[1] ?? '');
  const asked = useSearchParams().get('entity');
  const find = (name: string | null | undefined) => me.entities.find((entity) => entity.name === name);
  const current = find(first) ?? find(asked) ?? find(remembered) ?? firstTeam(me);
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, which a private network may lack.
    document.cookie = `${ENTITY_COOKIE}=${encodeURIComponent(current.name)}; path=/; max-age=31536000; samesite=lax`;
  }, [current.name]);
  return current;
}

const firstTeam = (me: MeView): MyEntity =>
  me.entities.find(({ kind }) => kind === 'team') ??
  me.entities[0] ?? { name: me.username, kind: 'user', displayName: me.name, role: 'admin', organization: null };
