import type uPlot from 'uplot';

/** The data's range with some air, wide enough for the limits. */
export const rangeWith =
  (limits: readonly number[]) =>
  (_: uPlot, low: number | null, high: number | null): [number, number] => {
    const values = [low, high, ...limits].filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
    if (values.length === 0) return [0, 1];
    const [bottom, top] = [Math.min(...values), Math.max(...values)];
    const air = (top - bottom || Math.abs(top) || 1) * 0.08;
    return [bottom - air, top + air];
  };

const LABEL_HEIGHT = 18;

/** Each label stands over its line, at the end from which the data keeps away; under it where there is no room above. */
export function drawThresholds(
  plot: uPlot,
  thresholds: readonly { value: number; label: string }[],
  { color, around, font }: { color: string; around: string; font: string },
) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = color;
  ctx.font = font.replace('11px', `${11 * devicePixelRatio}px`);
  for (const { value, label } of thresholds) {
    const y = plot.valToPos(value, 'y', true);
    ctx.strokeStyle = color;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const isUnder = y - bbox.top < LABEL_HEIGHT * devicePixelRatio;
    ctx.textBaseline = isUnder ? 'top' : 'bottom'; // uPlot leaves the one of its axes behind
    const [atLeft, atRight] = gapsTo(plot, y);
    ctx.textAlign = atLeft > atRight ? 'left' : 'right';
    const x = atLeft > atRight ? bbox.left + 4 * devicePixelRatio : bbox.left + bbox.width - 4 * devicePixelRatio;
    const place = [x, y + (isUnder ? 4 : -3) * devicePixelRatio] as const;
    ctx.strokeStyle = around;
    ctx.lineWidth = 4 * devicePixelRatio;
    ctx.lineJoin = 'round';
    ctx.setLineDash([]);
    ctx.strokeText(label, ...place);
    ctx.fillText(label, ...place);
  }
  ctx.restore();
}

/** How far from a height the data begins, and how far it ends. */
function gapsTo(plot: uPlot, y: number): [number, number] {
  const [from, to] = plot.series[0]?.idxs ?? [0, plot.data[0].length - 1];
  const gapAt = (index: number) => {
    const values = plot.data.slice(1).map((series) => series[index]);
    return Math.min(...values.flatMap((value) => (typeof value === 'number' ? Math.abs(plot.valToPos(value, 'y', true) - y) : [])));
  };
  return [gapAt(from), gapAt(to)];
}

const NARROWEST = 3;

/** Behind the line: a window of five in a hundred thousand steps is still to be seen. */
export function drawBands(
  plot: uPlot,
  bands: readonly { from: number; to: number; kind: 'current' | 'prior' }[],
  colors: { current: string; prior: string },
) {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { from, to, kind } of bands) {
    const left = plot.valToPos(from, 'x', true);
    const width = Math.max(NARROWEST * devicePixelRatio, plot.valToPos(to, 'x', true) - left);
    ctx.globalAlpha = kind === 'current' ? 0.22 : 0.4;
    ctx.fillStyle = colors[kind];
    ctx.fillRect(Math.min(left, bbox.left + bbox.width - width), bbox.top, width, bbox.height);
  }
  ctx.restore();
}

export function drawMarks(plot: uPlot, marks: readonly { step: number | null }[], color: string) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
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

export function drawRings(plot: uPlot, rings: readonly { step: number; value: number }[], color: string, inside: string) {
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
