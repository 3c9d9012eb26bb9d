'use client';

import { type FocusEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

const DELAY_MS = 350;
/** After one tip has closed, the next opens at once for so long. */
const SKIP_DELAY_MS = 200;
/** Time to move the pointer onto the tip. */
const LINGER_MS = 100;

/** One tip at a time. */
let closeCurrent: (() => void) | null = null;
let closedAt = Number.NEGATIVE_INFINITY;

/** When a tip is there: after a moment under the pointer, at once on focus by keyboard, until both leave, Escape, a press or a scroll. */
export function useTip(enabled: boolean) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const touched = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const close = useCallback(() => {
    clearTimeout(timer.current);
    if (closeCurrent === close) {
      closeCurrent = null;
      closedAt = performance.now();
    }
    setAnchor(null);
  }, []);
  const open = (element: HTMLElement) => {
    clearTimeout(timer.current);
    if (closeCurrent !== close) closeCurrent?.();
    closeCurrent = close;
    setAnchor(element);
  };
  const after = (ms: number, act: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, ms);
  };
  useEffect(() => close, [close]);

  useEffect(() => {
    if (!anchor) return;
    const listening = new AbortController();
    const listen = (name: 'keydown' | 'scroll', act: (event: Event) => void) =>
      window.addEventListener(name, act, { capture: true, signal: listening.signal });
    listen('keydown', (event) => {
      if ((event as KeyboardEvent).key !== 'Escape') return;
      event.stopPropagation(); // the dialog around it stays
      close();
    });
    listen('scroll', ({ target }) => target instanceof Node && target.contains(anchor) && close());
    return () => listening.abort();
  }, [anchor, close]);

  const handlers = {
    onPointerEnter: ({ pointerType, currentTarget }: PointerEvent<HTMLElement>) => {
      if (!enabled || pointerType === 'touch') return;
      if (anchor) clearTimeout(timer.current);
      else after(performance.now() - closedAt < SKIP_DELAY_MS ? 0 : DELAY_MS, () => open(currentTarget));
    },
    onPointerLeave: () => after(LINGER_MS, close),
    onPointerDown: ({ currentTarget }: PointerEvent<HTMLElement>) => {
      touched.current = currentTarget;
      close();
    },
    onFocus: ({ currentTarget }: FocusEvent<HTMLElement>) => {
      touched.current = currentTarget;
      if (enabled && currentTarget.matches(':focus-visible')) open(currentTarget);
    },
    onBlur: close,
  };
  return {
    anchor,
    /** The element that was pressed or focused last. */
    touched,
    handlers,
    onTip: { onPointerEnter: () => clearTimeout(timer.current), onPointerLeave: handlers.onPointerLeave },
  };
}
