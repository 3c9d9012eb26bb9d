import type { DemoApi } from './demo-api.ts';
import type { People } from './demo-people.ts';

export type DemoRun = {
  id: string;
  name: string;
  user: keyof People;
  tags: string[];
  group: string;
  /** Where the validation loss settles; decides what fires. */
  floor: number;
  batches: number;
  end?: 'finished' | 'failed' | 'crashed' | 'killed';
  /** From this line on the training loss is NaN. */
  nanAt?: number;
};

export const LINES_PER_BATCH = 8;
export const STEPS_PER_LINE = 250;

/** A pseudo-random number that is the same at every start, so that the demo always tells the same story. */
export function noise(seed: string, index: number): number {
  let hash = 2166136261;
  for (const character of `${seed}:${index}`) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return ((hash >>> 0) % 10_000) / 10_000 - 0.5;
}

const tidy = (value: number) => Number(value.toPrecision(4));

/** One line of a training run's log. */
export function lineOf({ id, floor, nanAt }: DemoRun, line: number) {
  const step = line * STEPS_PER_LINE;
  const loss = floor + (1.1 - floor) * Math.exp(-step / 2200) + noise(id, line) * 0.012;
  const diverged = nanAt !== undefined && line >= nanAt;
  return {
    step,
    values: {
      'val/loss': tidy(loss),
      'val/mAP': tidy(Math.max(0, 0.93 - loss + noise(`${id}m`, line) * 0.008)),
      'train/loss': diverged ? 'NaN' : tidy(loss * 0.82 + noise(`${id}t`, line) * 0.02),
      'optimizer/lr': tidy(3e-4 * 0.5 * (1 + Math.cos((Math.PI * Math.min(step, 12_000)) / 12_000)) + 1e-6),
      'system.gpu.0.memory': tidy(70.9 + noise(`${id}g`, line) * 1.4),
    },
  };
}

const configOf = ({ group, floor }: DemoRun) => ({
  lr: 0.0003,
  batch_size: 64,
  backbone: floor < 0.31 ? 'convnext_s' : 'resnet50',
  epochs: 40,
  img_size: 640,
  optim: { name: 'adamw', weight_decay: 0.05 },
  ema: true,
  seed: 1337,
  group,
});

/** One flushed batch of a run's log; the first one begins the run. */
export function batchOf(run: DemoRun, batch: number): object {
  const { id, name, user, tags, group } = run;
  const about = batch === 0 ? { id, name, user, tags, group, jobType: 'train', config: configOf(run) } : { id };
  const metrics = Array.from({ length: LINES_PER_BATCH }, (_, index) => lineOf(run, batch * LINES_PER_BATCH + index));
  return { type: 'run.metrics', run: about, metrics };
}

/** Logs a run as its trainer would: batch after batch, then its end. */
export async function logRun(api: DemoApi, project: string, run: DemoRun): Promise<void> {
  for (let batch = 0; batch < run.batches; batch++) await api.send(project, batchOf(run, batch));
  if (run.end) await api.send(project, { type: 'run.state', run: { id: run.id, state: run.end } });
}

const baseline = { tags: ['baseline', 'a100'], group: 'baseline-640' };
const ablation = { tags: ['ablation'], group: 'augmentation' };

/** Before there were automations: what the wizard looks back on. */
export const EARLIER_RUNS: readonly DemoRun[] = [
  { id: '7ytn5b0k', name: 'pale-marten-9', user: 'priya', ...baseline, floor: 0.41, batches: 3, end: 'failed' },
  { id: 'h2v8qk1c', name: 'brisk-heron-31', user: 'jonas', ...baseline, floor: 0.318, batches: 6, end: 'finished' },
  { id: '2mw7xc4p', name: 'amber-owl-7', user: 'jonas', ...ablation, floor: 0.34, batches: 6, end: 'finished' },
  { id: 'q9d1hz6r', name: 'calm-lynx-4', user: 'mei', ...ablation, floor: 0.37, batches: 4, end: 'killed' },
  { id: 'k3r8nf2s', name: 'lucid-crane-3', user: 'mei', tags: ['smoke'], group: 'ci', floor: 0.6, batches: 2, end: 'finished' },
  { id: 'w5t0jd7m', name: 'mellow-finch-8', user: 'ana', ...baseline, floor: 0.297, batches: 6, end: 'finished' },
];

/** With automations watching. */
export const LATER_RUNS: readonly DemoRun[] = [
  { id: 'b7x2gv9e', name: 'keen-otter-19', user: 'ana', ...baseline, floor: 0.279, batches: 6, end: 'finished' },
  { id: 'd4c6ys1h', name: 'dusty-wren-22', user: 'mei', ...ablation, floor: 0.36, batches: 3, nanAt: 17, end: 'failed' },
  { id: 'n8l3zp5a', name: 'calm-lynx-2', user: 'priya', ...ablation, floor: 0.39, batches: 2, end: 'crashed' },
  { id: 'f1o9uw4t', name: 'pale-marten-16', user: 'jonas', ...baseline, floor: 0.302, batches: 6, end: 'finished' },
  { id: 'e6i2mb8q', name: 'amber-owl-5', user: 'mei', ...ablation, floor: 0.33, batches: 5 },
];

/** The run that goes on while the demo does. */
export const LIVE_RUN: DemoRun = { id: '8kq2vt1m', name: 'swift-fox-12', user: 'ana', ...baseline, floor: 0.278, batches: 4 };
