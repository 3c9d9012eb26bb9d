'use client';

import { cloneElement, type DOMAttributes, type ReactElement, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { mergeHandlers } from './merge-handlers.ts';
import { placeTip, type Side } from './place-tip.ts';
import { useTip } from './use-tip.ts';

interface TooltipProps {
  /** The text. A second line goes into `detail`. */
  content: ReactNode;
  detail?: ReactNode;
  side?: Side;
  /** Stays, for an answer to a click. */
  open?: boolean;
  children: ReactElement<DOMAttributes<HTMLElement> & { 'aria-describedby'?: string }>;
}

/** Explains its child on hover and focus. Without content the child stands alone. */
export function Tooltip({ content, detail, side = 'top', open, children }: TooltipProps) {
  const id = useId();
  const { anchor, touched, handlers, onTip } = useTip(Boolean(content));
  const at = content ? (anchor ?? (open ? touched.current : null)) : null;
  const own = children.props;
  return (
    <>
      {cloneElement(children, {
        ...mergeHandlers(own, handlers),
        'aria-describedby': [own['aria-describedby'], at && id].filter(Boolean).join(' ') || undefined,
      })}
      {at &&
        createPortal(
          <Tip id={id} anchor={at} side={side} {...onTip}>
            {content}
            {detail && <div className="text-[color-mix(in_srgb,var(--panel)_72%,var(--text))]">{detail}</div>}
          </Tip>,
          document.body,
        )}
    </>
  );
}

interface TipProps extends DOMAttributes<HTMLDivElement> {
  id: string;
  anchor: HTMLElement;
  side: Side;
}

function Tip({ anchor, side, ...rest }: TipProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = box.current!;
    const { left, top } = placeTip(anchor.getBoundingClientRect(), tip.getBoundingClientRect(), sizeOfScreen(), side);
    Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
  });
  return (
    <div
      ref={box}
      role="tooltip"
      className="fixed z-60 w-max max-w-80 animate-appear rounded-sm bg-fg px-2 py-1.5 text-meta text-panel wrap-anywhere"
      {...rest}
    />
  );
}

const sizeOfScreen = () => ({ width: document.documentElement.clientWidth, height: document.documentElement.clientHeight });
