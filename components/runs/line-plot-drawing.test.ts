import type uPlot from 'uplot';
import { beforeAll, expect, test } from 'vitest';
import { drawThresholds } from './line-plot-drawing.ts';

beforeAll(() => {
  Object.assign(globalThis, { devicePixelRatio: 1 });
});

/** Where the labels of limits at these heights of a plot of 200 by 100 are written, on a canvas as uPlot leaves it. */
function labelsAt(...heights: number[]) {
  const written: { x: number; y: number; align: string; baseline: string }[] = [];
  const nothing = () => undefined;
  const ctx = {
    textAlign: 'right',
    textBaseline: 'middle',
    ...Object.fromEntries(
      ['save', 'restore', 'setLineDash', 'beginPath', 'moveTo', 'lineTo', 'stroke', 'strokeText'].map((name) => [name, nothing]),
    ),
    fillText(_: string, x: number, y: number) {
      written.push({ x, y, align: ctx.textAlign, baseline: ctx.textBaseline });
    },
  };
  const plot = { ctx, bbox: { left: 40, top: 10, width: 200, height: 100 }, valToPos: (value: number) => value } as unknown as uPlot;
  drawThresholds(
    plot,
    heights.map((value) => ({ value, label: String(value) })),
    { color: '#000000', around: '#ffffff', font: '11px sans-serif' },
  );
  return written;
}

test('a limit’s label stands over its line, at the end away from the axis', () => {
  expect(labelsAt(60)).toEqual([{ x: 236, y: 57, align: 'right', baseline: 'bottom' }]);
});

test('at the top of the plot it stands under the line', () => {
  expect(labelsAt(12)).toEqual([{ x: 236, y: 16, align: 'right', baseline: 'top' }]);
});
