import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { Panel } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { TargetHealthView } from '#lib/contracts/target-health.ts';

const SIGN = {
  danger: <CircleAlert className="mt-0.5 size-3.5 flex-none text-danger" />,
  warning: <TriangleAlert className="mt-0.5 size-3.5 flex-none text-warning" />,
  info: <CircleCheck className="mt-0.5 size-3.5 flex-none text-success" />,
};

/** What its admins were told, here and through the integration they chose: pauses, warnings, recoveries. */
export function NoticesPanel({ notices, noticesTo }: { notices: TargetHealthView['notices']; noticesTo: string | null }) {
  return (
    <Panel title="Notices" padded={notices.length === 0}>
      {notices.length === 0 ? (
        <p className="text-small text-fg-2">
          Nothing was amiss. Admins are told here{noticesTo ? ` and through ${noticesTo}` : ''} when it is paused, about to be disabled, or
          works again.
        </p>
      ) : (
        <ul>
          {notices.map(({ id, severity, text, at, resolvedAt }) => (
            <li key={id} className="flex gap-2 border-b border-line px-3 py-2 text-small last:border-0">
              {SIGN[severity]}
              <span className={`min-w-0 flex-1 ${resolvedAt === null ? '' : 'text-fg-2'}`}>
                {text} <RelativeTime at={at} className="text-fg-3" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
