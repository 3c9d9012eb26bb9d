export type Side = 'top' | 'right' | 'bottom' | 'left';

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const GAP = 6;
/** Of the screen: nothing comes nearer. */
const EDGE = 8;
const OPPOSITE: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

/** Where a tip of this size stands beside its anchor: on the side asked for, unless only the other one has room, and on the screen. */
export function placeTip(anchor: Box, tip: { width: number; height: number }, screen: { width: number; height: number }, side: Side) {
  const room: Record<Side, number> = {
    top: anchor.top,
    bottom: screen.height - anchor.top - anchor.height,
    left: anchor.left,
    right: screen.width - anchor.left - anchor.width,
  };
  const needed = GAP + EDGE + (side === 'top' || side === 'bottom' ? tip.height : tip.width);
  const taken = room[side] < needed && room[OPPOSITE[side]] >= needed ? OPPOSITE[side] : side;
  const middle = { left: anchor.left + (anchor.width - tip.width) / 2, top: anchor.top + (anchor.height - tip.height) / 2 };
  const at = {
    top: { ...middle, top: anchor.top - GAP - tip.height },
    bottom: { ...middle, top: anchor.top + anchor.height + GAP },
    left: { ...middle, left: anchor.left - GAP - tip.width },
    right: { ...middle, left: anchor.left + anchor.width + GAP },
  }[taken];
  return { left: within(at.left, screen.width - tip.width), top: within(at.top, screen.height - tip.height) };
}

const within = (value: number, room: number) => Math.round(Math.max(EDGE, Math.min(value, room - EDGE)));
