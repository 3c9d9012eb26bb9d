'use client';

import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { z } from 'zod';
import { formatDuration } from '#components/ui/format-time.ts';
import type { FiringMark, SeriesView } from '#lib/contracts/tracking.ts';
import { drawBands, drawMarks, drawRings, drawThresholds, rangeWith } from './line-plot-drawing.ts';
import { MarkFlag } from './mark-flag.tsx';
import { showNumber } from './show-value.ts';

type Mark = z.output<typeof FiringMark>;

export type Limit = { value: number; label: string };

/** A stretch of steps that a rule looked at. */
export type Band = { from: number; to: number; kind: 'current' | 'prior' };

interface LinePlotProps {
  series: SeriesView;
  color: number;
  height: number;
  /** What the steps are: the client's own steps, or seconds since the run began. */
  across?: 'step' | 'seconds';
  marks?: readonly Mark[];
  /** Drawn as neutral dashed lines with their words: a limit is not an error. */
  thresholds?: readonly Limit[];
  /** Points that matter by themselves, as rings: where a rule would have fired. */
  rings?: readonly { step: number; value: number }[];
  bands?: readonly Band[];
}

/** One value, so that a default does not draw the plot anew. */
const NONE: readonly never[] = [];
const FEW = 2;

/** A line over steps. Values that are no numbers leave a gap. Colours come from the theme's variables. */
export function LinePlot(props: LinePlotProps) {
  const { series, color, height, across = 'step', marks = NONE, thresholds = NONE, rings = NONE, bands = NONE } = props;
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const { resolvedTheme } = useTheme();
  const [places, setPlaces] = useState<{ mark: Mark; left: number }[]>([]);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the variables that are read here.
  useEffect(() => {
    if (width === 0) return;
    const style = getComputedStyle(box.current!);
    const read = (name: string) => style.getPropertyValue(name).trim();
    const font = `11px ${style.fontFamily}`;
    const axis = { stroke: read('--text-3'), grid: { stroke: read('--chart-grid'), width: 1 }, ticks: { show: false }, font };
    const created = new uPlot(
      {
        width,
        height,
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        scales: {
          x: { time: false, range: (_, first, last) => (first === last ? [first, last + 1] : [first, last]) },
          y: { range: rangeWith(thresholds.map(({ value }) => value)) },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 24,
            ...(across === 'step' && { incrs: WHOLE_STEPS }),
            values: (_, splits) => splits.map(across === 'step' ? shortNumber : shortTime),
          },
          { ...axis, size: 48, values: (_, splits) => splits.map(showNumber) },
        ],
        series: [{}, { stroke: read(`--chart-${color}`), width: 1.5, points: { show: series.steps.length < FEW } }],
        hooks: {
          ready: [
            (self) =>
              setPlaces(
                marks.flatMap((mark) =>
                  mark.step === null ? [] : [{ mark, left: self.valToPos(mark.step, 'x') + self.bbox.left / devicePixelRatio }],
                ),
              ),
          ],
          setCursor: [({ cursor: { idx } }) => tell(readout.current, series, idx, across)],
          drawClear: [(self) => drawBands(self, bands, { current: read(`--chart-${color}`), prior: read('--chart-muted') })],
          draw: [
            (self) => {
              drawMarks(self, marks, read('--text-2'));
              drawThresholds(self, thresholds, { color: read('--chart-threshold'), around: read('--panel'), font });
              drawRings(self, rings, read(`--chart-${color}`), read('--panel'));
            },
          ],
        },
      },
      [series.steps, series.values.map((value) => (typeof value === 'number' ? value : null))],
      box.current!,
    );
    return () => created.destroy();
  }, [series, marks, thresholds, rings, bands, color, height, across, width, resolvedTheme]);

  return (
    <div ref={box} className="relative">
      <span
        ref={readout}
        aria-hidden="true"
        className="pointer-events-none absolute -top-1 right-1 z-1 rounded-xs bg-panel px-1 text-meta text-fg-2 tabular-nums"
      />
      {places.map(({ mark, left }) => (
        <MarkFlag key={mark.executionId} mark={mark} left={left} width={width} />
      ))}
    </div>
  );
}

/** Where the pointer is, without drawing React anew at each of its moves. */
function tell(readout: HTMLElement | null, { steps, values }: SeriesView, index: number | null | undefined, across: 'step' | 'seconds') {
  if (!readout) return;
  const step = index == null ? undefined : steps[index];
  const value = index == null ? undefined : values[index];
  const where = step === undefined ? '' : across === 'step' ? `step ${step.toLocaleString('en')}` : formatDuration(step * 1000);
  readout.textContent = value === undefined ? '' : `${where}  ${typeof value === 'number' ? showNumber(value) : value}`;
}

/** What lies between two labels of steps: there is no half of one. */
const WHOLE_STEPS = Array.from({ length: 13 }, (_, power) => [1, 2, 5].map((count) => count * 10 ** power)).flat();

const shortNumber = (value: number) => (Math.abs(value) >= 1000 ? `${Number((value / 1000).toFixed(2))}k` : String(value));

function shortTime(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 7200) return `${Number((seconds / 60).toFixed(1))} min`;
  return `${Number((seconds / 3600).toFixed(1))} h`;
}
