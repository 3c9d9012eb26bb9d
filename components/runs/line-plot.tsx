'use client';

import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { z } from 'zod';
import { Badge } from '#components/ui/badge.tsx';
import type { FiringMark, SeriesView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { showNumber } from './show-value.ts';

type Mark = z.output<typeof FiringMark>;

interface LinePlotProps {
  series: SeriesView;
  color: number;
  height: number;
  marks?: readonly Mark[];
  /** A limit, drawn as a neutral dashed line with its words: a limit is not an error. */
  threshold?: { value: number; label: string };
  /** Points that matter by themselves, as rings: where a rule would have fired. */
  rings?: readonly { step: number; value: number }[];
}

/** One value, so that a default does not draw the plot anew. */
const NONE: readonly never[] = [];

/** A line over steps. Values that are no numbers leave a gap. Colours come from the theme's variables. */
export function LinePlot({ series, color, height, marks = NONE, threshold, rings = NONE }: LinePlotProps) {
  const box = useRef<HTMLDivElement>(null);
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
    const axis = {
      stroke: read('--text-3'),
      grid: { stroke: read('--chart-grid'), width: 1 },
      ticks: { show: false },
      font: `11px ${style.fontFamily}`,
    };
    const created = new uPlot(
      {
        width,
        height,
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        scales: { x: { time: false }, y: { range: rangeWith(threshold?.value) } },
        axes: [
          { ...axis, grid: { show: false }, size: 24, values: (_, splits) => splits.map(shortNumber) },
          { ...axis, size: 48, values: (_, splits) => splits.map(showNumber) },
        ],
        series: [{}, { stroke: read(`--chart-${color}`), width: 1.5, points: { show: series.steps.length < 2 } }],
        hooks: {
          ready: [
            (self) =>
              setPlaces(
                marks.flatMap((mark) =>
                  mark.step === null ? [] : [{ mark, left: self.valToPos(mark.step, 'x') + self.bbox.left / devicePixelRatio }],
                ),
              ),
          ],
          draw: [
            (self) => {
              drawThreshold(self, threshold, read('--chart-threshold'), `11px ${style.fontFamily}`);
              drawMarks(self, marks, read('--text-2'));
              drawRings(self, rings, read(`--chart-${color}`), read('--panel'));
            },
          ],
        },
      },
      [series.steps, series.values.map((value) => (typeof value === 'number' ? value : null))],
      box.current!,
    );
    return () => created.destroy();
  }, [series, marks, threshold, rings, color, height, width, resolvedTheme]);

  return (
    <div ref={box} className="relative">
      {places.map(({ mark, left }) => (
        <MarkFlag key={mark.executionId} mark={mark} left={left} />
      ))}
    </div>
  );
}

function MarkFlag({ mark, left }: { mark: Mark; left: number }) {
  const router = useRouter();
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="group absolute top-0 z-1 -ml-2 size-4 rounded-xs bg-accent text-[10px] leading-4 text-accent-on"
      style={{ left }}
      onClick={() => router.push(pagePaths.execution(mark.executionId))}
    >
      ⚡
      <span className="surface-raised absolute top-0 right-5 hidden w-60 rounded-control border border-line-strong p-2.5 text-left text-small text-fg shadow-menu group-hover:block">
        <span className="flex items-center justify-between gap-2 font-medium">
          <span className="truncate">{mark.automation}</span>
          <Badge tone={mark.status === 'finished' ? 'success' : mark.status === 'failed' ? 'danger' : 'neutral'}>{mark.status}</Badge>
        </span>
        <span className="text-meta text-fg-2">step {mark.step?.toLocaleString('en')}</span>
      </span>
    </button>
  );
}

const shortNumber = (value: number) => (Math.abs(value) >= 1000 ? `${value / 1000}k` : String(value));

/** The data's range with some air, wide enough for the limit. */
const rangeWith =
  (limit: number | undefined) =>
  (_: uPlot, low: number | null, high: number | null): [number, number] => {
    const values = [low, high, limit].filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
    if (values.length === 0) return [0, 1];
    const [bottom, top] = [Math.min(...values), Math.max(...values)];
    const air = (top - bottom || Math.abs(top) || 1) * 0.08;
    return [bottom - air, top + air];
  };

function drawThreshold(plot: uPlot, threshold: LinePlotProps['threshold'], color: string, font: string) {
  if (!threshold) return;
  const { ctx, bbox } = plot;
  const y = plot.valToPos(threshold.value, 'y', true);
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([6, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = font.replace('11px', `${11 * devicePixelRatio}px`);
  ctx.textAlign = 'left';
  ctx.fillStyle = color;
  ctx.fillText(threshold.label, bbox.left + 4, y - 5);
  ctx.restore();
}

function drawMarks(plot: uPlot, marks: readonly Mark[], color: string) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([2, 3]);
  for (const { step } of marks) {
    if (step === null) continue;
    const x = plot.valToPos(step, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function drawRings(plot: uPlot, rings: readonly { step: number; value: number }[], color: string, inside: string) {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.fillStyle = inside;
  ctx.lineWidth = 2 * devicePixelRatio;
  for (const { step, value } of rings) {
    ctx.beginPath();
    ctx.arc(plot.valToPos(step, 'x', true), plot.valToPos(value, 'y', true), 4.5 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}
