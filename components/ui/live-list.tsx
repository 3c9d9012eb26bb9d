'use client';

import { ArrowUp } from 'lucide-react';

/** New rows wait behind this line, so nothing moves under the pointer. */
export function NewerLine({ count, onShow }: { count: number; onShow: () => void }) {
  if (count === 0) return null;
  return (
    <button
      type="button"
      onClick={onShow}
      className="-mx-4 flex h-8 w-[calc(100%+32px)] animate-appear items-center justify-center gap-1.5 border-b border-line bg-accent-tint text-meta font-medium text-accent-text focus-visible:-outline-offset-2 sm:-mx-6 sm:w-[calc(100%+48px)]"
    >
      <ArrowUp className="size-3.5" />
      <span aria-live="polite">{count > 999 ? '1,000+' : count} newer</span>
    </button>
  );
}

/** Says that the list follows what happens, or that it does not at the moment. */
export function LiveSign({ on }: { on: boolean }) {
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-meta text-fg-2">
      <span className={on ? 'size-[7px] rounded-full bg-success' : 'size-[7px] rounded-full border border-neutral'} />
      {on ? 'Live' : 'Reconnecting'}
    </span>
  );
}
