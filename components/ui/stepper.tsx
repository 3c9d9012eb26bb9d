import { Check } from 'lucide-react';
import { cn } from './class-names.ts';

export interface Step {
  id: string;
  label: string;
  state: 'done' | 'current' | 'todo' | 'error';
  /** Not reachable yet, and why. */
  blocked?: string;
}

interface StepperProps {
  label: string;
  steps: readonly Step[];
  onSelect: (id: string) => void;
}

const MARK: Record<Step['state'], string> = {
  done: 'border-accent text-accent-text',
  current: 'border-accent bg-accent text-accent-on',
  todo: 'border-line-control text-fg-2',
  error: 'border-danger text-danger-text',
};

const SPOKEN: Record<Step['state'], string> = { done: ', done', current: '', todo: '', error: ', has problems' };

export function Stepper({ label, steps, onSelect }: StepperProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex items-center gap-1.5 max-sm:-mx-1">
        {steps.map((step, index) => (
          <li
            key={step.id}
            className="flex items-center gap-1.5 not-first:before:h-px not-first:before:w-3 not-first:before:bg-line-strong max-sm:not-first:flex-1 max-sm:not-first:before:flex-1 sm:not-first:before:w-5"
          >
            <button
              type="button"
              aria-current={step.state === 'current' ? 'step' : undefined}
              aria-disabled={step.blocked ? true : undefined}
              title={step.blocked}
              onClick={() => !step.blocked && onSelect(step.id)}
              className={cn(
                'flex h-7 items-center gap-1.5 rounded-sm px-1 text-small font-medium aria-disabled:cursor-not-allowed',
                step.state === 'current' ? 'text-fg' : 'text-fg-2 not-aria-disabled:hover:text-fg',
              )}
            >
              <span className={cn('grid size-5 place-items-center rounded-full border text-meta tabular-nums', MARK[step.state])}>
                {step.state === 'done' ? <Check className="size-3 stroke-2" /> : step.state === 'error' ? '!' : index + 1}
              </span>
              {step.label}
              <span className="sr-only">{SPOKEN[step.state]}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
