import type { ReactNode } from 'react';

/** The frame of pages for people who are not in yet: sign in, setup, invite, reset. */
export function Entrance({
  title,
  text,
  wide = false,
  children,
}: {
  title: string;
  text?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <main id="content" className="flex min-h-dvh items-start justify-center bg-background px-4 py-[12vh]">
      <div className={wide ? 'w-full max-w-[480px]' : 'w-full max-w-[360px]'}>
        <p className="mb-6 font-semibold">Hookline</p>
        <h1 className="text-title font-semibold">{title}</h1>
        {text && <p className="mt-1 text-fg-2">{text}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
