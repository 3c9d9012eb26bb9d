'use client';

import dynamic from 'next/dynamic';
import { cloneElement, createContext, type ReactElement, type ReactNode, use, useEffect, useState } from 'react';
import { cn } from './class-names.ts';
import type { DialogWindowProps } from './dialog-window.tsx';
import { mergeHandlers } from './merge-handlers.ts';
import { useOnceTrue } from './use-once-true.ts';

interface DialogProps extends Omit<DialogWindowProps, 'children'> {
  /** Buttons, the primary one last. Inside a <form>, leave it out and render DialogFooter there. */
  footer?: ReactNode;
  children?: ReactNode;
}

// Over the page, and only in a browser: an address may open one, and then the server renders what is around it.
const DialogWindow = dynamic(() => import('./dialog-window.tsx').then((module) => module.DialogWindow), { ssr: false });

export function Dialog({ footer, children, onOpenChange, ...rest }: DialogProps) {
  const { open } = rest;
  const [typed, setTyped] = useState(false);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (open) return;
    setTyped(false);
    setAsking(false);
  }, [open]);
  if (!useOnceTrue(open)) return null;
  return (
    // Escape, a click beside it and its cross are easily meant for something else: what was typed is not lost by them.
    <DialogWindow {...rest} onOpenChange={(next) => (next || !typed ? onOpenChange(next) : setAsking(true))}>
      <CloseContext value={() => onOpenChange(false)}>
        <UnsavedContext value={{ asking, onType: () => setTyped(true), onKeep: () => setAsking(false) }}>
          {children ? <div className="px-5 pt-3 pb-5">{children}</div> : <div className="pb-5" />}
          {footer && <DialogFooter>{footer}</DialogFooter>}
        </UnsavedContext>
      </CloseContext>
    </DialogWindow>
  );
}

/** The line of buttons. `inset` when it stands inside the body, within a form. */
export function DialogFooter({ inset, children }: { inset?: boolean; children: ReactNode }) {
  return (
    <div className={cn('flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3', inset && '-mx-5 mt-5 -mb-5')}>{children}</div>
  );
}

/** How to close the dialog or sheet around. */
export const CloseContext = createContext<() => void>(() => undefined);

/** What the form in a dialog tells it, and whether it is to ask before it is closed. */
export const UnsavedContext = createContext({ asking: false, onType: () => {}, onKeep: () => {} });

/** Closes the dialog or sheet around it. */
export function DialogClose({ children }: { children: ReactElement<object> }) {
  const close = use(CloseContext);
  return cloneElement(children, mergeHandlers(children.props, { onClick: close }));
}
