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
        <Text text={text} />
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

/** Between three backticks text is shown as it is, in columns. */
function Text({ text }: { text: string }) {
  const parts = text.split('```');
  return parts.map((part, index) => {
    const isBlock = index % 2 === 1 && index < parts.length - 1;
    const shown = part.replace(/^\n|\n$/g, '');
    if (shown === '') return null;
    return isBlock ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
      <pre key={index} tabIndex={0} className="overflow-x-auto rounded-control bg-code p-2 font-mono text-[12px] leading-5">
        {shown}
      </pre>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity.
      <p key={index} className="whitespace-pre-wrap wrap-anywhere">
        {shown}
      </p>
    );
  });
}
