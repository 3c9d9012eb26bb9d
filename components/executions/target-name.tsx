import { CircleSlash2, MessageSquare, Webhook } from 'lucide-react';

const ICON = { webhook: Webhook, slack: MessageSquare, nothing: CircleSlash2 };

/** Where an action goes; never truncated, unlike what stands before it. */
export function TargetName({ kind, name }: { kind: 'webhook' | 'slack' | 'nothing'; name: string }) {
  const Icon = ICON[kind];
  return (
    <span className="inline-flex flex-none items-center gap-1 whitespace-nowrap text-fg">
      <span aria-hidden="true" className="px-0.5 text-fg-3">
        →
      </span>
      <Icon className="size-3.5 text-fg-3" />
      {shownName(kind, name)}
    </span>
  );
}

function shownName(kind: 'webhook' | 'slack' | 'nothing', name: string): string {
  if (kind === 'nothing') return 'Nothing';
  return kind === 'slack' && !name.startsWith('#') ? `#${name}` : name;
}
