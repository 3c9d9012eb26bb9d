import type uPlot from 'uplot';
import { beforeAll, expect, test } from 'vitest';
import { drawThresholds } from './line-plot-drawing.ts';

beforeAll(() => {
  Object.assign(globalThis, { devicePixelRatio: 1 });
});

/** Where the label of a limit at this height of a plot of 200 by 100 is written, on a canvas as uPlot leaves it. */
function labelAt(height: number, line: [number, number]) {
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
  const plot = {
    ctx,
    bbox: { left: 40, top: 10, width: 200, height: 100 },
    series: [{ idxs: [0, 1] }],
    data: [[0, 1], line],
    valToPos: (value: number) => value,
  } as unknown as uPlot;
  drawThresholds(plot, [{ value: height, label: '0.8' }], { color: '#000000', around: '#ffffff', font: '11px sans-serif' });
  return written;
}

test('a limit’s label stands over its line, at the end from which the data keeps away', () => {
  expect(labelAt(60, [50, 20])).toEqual([{ x: 236, y: 57, align: 'right', baseline: 'bottom' }]);
  expect(labelAt(60, [100, 50])).toEqual([{ x: 44, y: 57, align: 'left', baseline: 'bottom' }]);
});

test('at the top of the plot it stands under the line', () => {
  expect(labelAt(12, [90, 90])).toEqual([{ x: 236, y: 16, align: 'right', baseline: 'top' }]);
});
