'use client';

import { useQuery } from '@tanstack/react-query';
import { sessionQueries } from '#lib/client/session.ts';

/** Who is signed in; the shell has read it before any screen renders. */
export const useMe = () => useQuery(sessionQueries.me()).data;
