'use client';

import { Zap } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { z } from 'zod';
import { ExecutionBadge } from '#components/executions/execution-state.tsx';
import { cn } from '#components/ui/class-names.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { FiringMark } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

const CARD_WIDTH = 272;

/**
 * Where an automation fired, over the chart; hovering shows the execution, a click opens it. For the pointer alone: the chart's
 * list of links says the same to everybody else.
 */
export function MarkFlag({ mark, left, width }: { mark: z.output<typeof FiringMark>; left: number; width: number }) {
  const router = useRouter();
  const { step, status, automation, text, at, target } = mark;
  const roomAtLeft = left > CARD_WIDTH || left > width / 2;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="group absolute top-0 z-2 -ml-2 grid size-4 place-items-center rounded-xs bg-accent text-accent-on hover:z-3"
      style={{ left }}
      onClick={() => router.push(pagePaths.execution(mark.executionId))}
    >
      <Zap className="size-2.5! stroke-[2.5] text-current!" />
      <span
        style={{ width: CARD_WIDTH }}
        className={cn(
          'surface-raised absolute top-0 hidden max-w-[70vw] gap-0.5 rounded-control border border-line-strong p-2.5 text-left text-small text-fg shadow-menu group-hover:grid',
          roomAtLeft ? 'right-5' : 'left-5',
        )}
      >
        <span className="flex items-center justify-between gap-2 font-medium">
          <span className="min-w-0 truncate">{automation}</span>
          <ExecutionBadge execution={{ status, failedTries: 0 }} />
        </span>
        <span className="text-fg-2">{text}</span>
        <span className="text-meta text-fg-3">
          {step !== null && `step ${step.toLocaleString('en')}, `}
          <RelativeTime at={at} />
          {target && `, ${target}`}
        </span>
      </span>
    </button>
  );
}
