import { CircleCheck, CircleDashed, CircleSlash, CircleX, Clock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { VerdictView } from '#lib/contracts/automations.ts';

type Kind = VerdictView['kind'];

const SIGN: Record<Kind, { icon: ReactNode; color: string; when?: string }> = {
  disabled: { icon: <CircleSlash />, color: 'text-neutral' },
  blocked: { icon: <TriangleAlert />, color: 'text-warning' },
  skipped: { icon: <CircleSlash />, color: 'text-warning', when: 'last' },
  fired: { icon: <CircleCheck />, color: 'text-success', when: 'last' },
  scheduled: { icon: <Clock />, color: 'text-info', when: 'next' },
  came_near: { icon: <CircleX />, color: 'text-neutral', when: 'last' },
  not_logged: { icon: <TriangleAlert />, color: 'text-warning' },
  no_event: { icon: <CircleDashed />, color: 'text-neutral' },
  before_it_listened: { icon: <CircleDashed />, color: 'text-neutral', when: 'last' },
  waiting: { icon: <CircleDashed />, color: 'text-info', when: 'since' },
};

/** Why it has not fired, in a sentence; below it the reasons by how many they kept from firing, each with what came nearest. */
export function Verdict({ verdict: { kind, text, at, shares } }: { verdict: VerdictView }) {
  const { icon, color, when } = SIGN[kind];
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="grid gap-2 px-3 py-2.5 text-small">
      <p className="flex items-start gap-2">
        <span className={`mt-0.5 flex-none ${color}`}>{icon}</span>
        <span className="min-w-0 font-medium wrap-anywhere">
          {text}
          {at !== null && (
            <span className="font-normal text-fg-3">
              {' '}
              {when} <RelativeTime at={at} />
            </span>
          )}
        </span>
      </p>
      {kind === 'fired' && shares.length > 0 && <p className="pl-6 text-fg-2">What else it judged lately did not fire:</p>}
      {shares.length > 0 && (
        <ul aria-label="By reason" className="grid gap-1.5 pl-6">
          {shares.map((share) => (
            <Share key={share.reason} share={share} total={total} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Share({ share: { reason, count, nearest }, total }: { share: VerdictView['shares'][number]; total: number }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 sm:grid sm:grid-cols-[48px_72px_176px_minmax(0,1fr)] sm:gap-x-3">
      <span className="tabular-nums">
        {count.toLocaleString('en')} of {total.toLocaleString('en')}
      </span>
      <span aria-hidden className="mt-[7px] h-1.5 self-start rounded-full bg-neutral-tint max-sm:hidden">
        <span className="block h-full rounded-full bg-neutral" style={{ width: `${(count / total) * 100}%` }} />
      </span>
      <span>{reason}</span>
      <span className="min-w-0 wrap-anywhere text-fg-2 max-sm:basis-full">
        <span className="font-mono text-[12px]">{nearest.subject}</span>: {nearest.text}
      </span>
    </li>
  );
}
