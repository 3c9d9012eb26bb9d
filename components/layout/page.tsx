import type { ReactNode } from 'react';
import type { Crumb } from '#components/ui/breadcrumbs.tsx';
import { cn } from '#components/ui/class-names.ts';
import { TopBar } from './top-bar.tsx';

interface PageProps {
  crumbs: readonly Crumb[];
  /** `content` 1200 px with the page's padding, `form` 640 px, `full` without either, for panes. */
  width?: 'content' | 'form' | 'full';
  children: ReactNode;
}

const WIDTH = {
  content: 'mx-auto max-w-[calc(var(--w-content)+48px)] px-4 pb-6 sm:px-6 sm:pb-8',
  form: 'mx-auto max-w-[calc(var(--w-form)+48px)] px-4 pb-6 sm:px-6 sm:pb-8',
  full: 'flex flex-1 flex-col',
};

/** A page inside the shell: top bar and the one main landmark. */
export function Page({ crumbs, width = 'content', children }: PageProps) {
  return (
    <>
      <TopBar crumbs={crumbs} />
      <main id="main" tabIndex={-1} className={cn('w-full min-w-0 outline-none', WIDTH[width])}>
        {children}
      </main>
    </>
  );
}

/** The padding and width of a normal page, for part of a `full` one. */
export function Content({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn('w-full min-w-0', WIDTH.content, className)}>{children}</div>;
}
