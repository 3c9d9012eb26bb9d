import Link from 'next/link';
import { MissingPlace } from '#components/shell/missing-place.tsx';
import { buttonClass } from '#components/ui/button-class.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** Not there, or not for this reader: the two read alike. */
export function PageNotFound() {
  return (
    <EmptyState
      heading="h1"
      title="This page does not exist"
      action={
        <Link className={buttonClass()} href="/">
          Go home
        </Link>
      }
    >
      Or you may not see it. It may have been renamed or deleted, or you are not a member of its team.
      <MissingPlace />
    </EmptyState>
  );
}
