import { CircleCheck, CircleDot, CirclePause, CircleSlash, CircleX, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, State, type Tone } from '#components/ui/badge.tsx';
import type { RunView } from '#lib/contracts/tracking.ts';

const LOOK: Record<RunView['state'], { word: string; tone: Tone; icon: ReactNode }> = {
  pending: { word: 'Pending', tone: 'neutral', icon: <Clock /> },
  running: { word: 'Running', tone: 'info', icon: <CircleDot /> },
  finished: { word: 'Finished', tone: 'success', icon: <CircleCheck /> },
  failed: { word: 'Failed', tone: 'danger', icon: <CircleX /> },
  crashed: { word: 'Crashed', tone: 'danger', icon: <CircleX /> },
  killed: { word: 'Stopped', tone: 'neutral', icon: <CircleSlash /> },
  preempting: { word: 'Preempting', tone: 'warning', icon: <CirclePause /> },
  preempted: { word: 'Preempted', tone: 'warning', icon: <CirclePause /> },
};

export function RunStateBadge({ state }: { state: RunView['state'] }) {
  const { word, tone, icon } = LOOK[state];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}

/** For rows: coloured only when it needs attention. */
export function RunStateText({ state }: { state: RunView['state'] }) {
  const { word, tone, icon } = LOOK[state];
  return (
    <State tone={tone} icon={icon}>
      {word}
    </State>
  );
}
