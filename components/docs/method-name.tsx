import { cn } from '#components/ui/class-names.ts';

const COLOR: Record<string, string> = {
  GET: 'text-info-text',
  POST: 'text-success-text',
  PUT: 'text-warning-text',
  PATCH: 'text-warning-text',
  DELETE: 'text-danger-text',
};

export function MethodName({ method, className }: { method: string; className?: string }) {
  return <span className={cn('flex-none font-mono text-[12px] font-semibold', COLOR[method], className)}>{method}</span>;
}
