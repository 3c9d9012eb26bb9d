'use client';

import { useMissingPlace } from '#components/shell/recent-places.ts';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

interface PageNotFoundProps {
  /** What was looked for: "This automation". */
  what?: string;
  back?: { href: string; label: string };
}

/** Not there, or not for this reader: the two read alike. */
export function PageNotFound({ what = 'This page', back = { href: '/', label: 'Go home' } }: PageNotFoundProps) {
  useMissingPlace();
  return (
    <EmptyState heading="h1" title={`${what} does not exist`} action={<ButtonLink href={back.href}>{back.label}</ButtonLink>}>
      Or you may not see it. It may have been renamed or deleted, or you are not a member of its team.
    </EmptyState>
  );
}
