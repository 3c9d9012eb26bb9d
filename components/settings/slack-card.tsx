import { cn } from '#components/ui/class-names.ts';
import type { Message } from '#lib/domain/event-message.ts';

const BAR = { info: 'border-info', warn: 'border-warning', error: 'border-danger' };

/** A message about as Slack shows it: coloured bar, title, text, fields two by two, link. */
export function SlackCard({
  title,
  text,
  severity,
  fields,
  link,
}: Pick<Message, 'title' | 'text' | 'severity' | 'fields'> & { link: string }) {
  return (
    <div className="rounded-panel border border-line bg-panel p-4">
      <div className={cn('grid min-w-0 gap-1 border-l-3 pl-3 text-small', BAR[severity])}>
        <p className="font-semibold wrap-anywhere">{title}</p>
        <p className="whitespace-pre-wrap wrap-anywhere">{text}</p>
        {fields.length > 0 && (
          <dl className="grid gap-x-6 gap-y-2 py-1 sm:grid-cols-2">
            {fields.map(({ label, value }) => (
              <div key={label} className="min-w-0">
                <dt className="text-meta font-medium text-fg-2">{label}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <p className="text-meta text-accent-text">{link}</p>
      </div>
    </div>
  );
}
