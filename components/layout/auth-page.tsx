import type { ReactNode } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { BrandMark } from './brand-mark.tsx';

interface AuthPageProps {
  title: string;
  description?: ReactNode;
  /** Below the form, behind a hairline. */
  note?: ReactNode;
  /** Below the box: version and who runs it. */
  foot?: ReactNode;
  /** `sm` 360 px for signing in, `md` 480 px for setup. */
  size?: 'sm' | 'md';
  children: ReactNode;
}

/** Pages outside the shell: sign in, set up, an invitation. */
export function AuthPage({ title, description, note, foot, size = 'sm', children }: AuthPageProps) {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-5 bg-background px-4 py-8">
      <div
        className={cn(
          'w-full rounded-panel border border-line bg-panel px-5 pt-6 pb-5 sm:px-7 sm:pt-7 sm:pb-6',
          size === 'sm' ? 'max-w-[360px]' : 'max-w-[480px]',
        )}
      >
        <div className="mb-6 flex items-center gap-2 text-[15px] font-semibold tracking-[-0.01em]">
          <BrandMark className="size-5 text-accent-text" />
          Hookline
        </div>
        <h1 className="text-title font-semibold tracking-[-0.012em]">{title}</h1>
        {description && <p className="text-small text-fg-2">{description}</p>}
        <div className="mt-5 flex flex-col gap-4">{children}</div>
        {note && <div className="mt-5 border-t border-line pt-4 text-small text-fg-2">{note}</div>}
      </div>
      {foot && <p className="text-meta text-fg-3">{foot}</p>}
    </main>
  );
}
