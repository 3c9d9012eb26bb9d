'use client';

import dynamic from 'next/dynamic';
import { cloneElement, createContext, type ReactElement, type ReactNode, use } from 'react';
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

export function Dialog({ footer, children, ...rest }: DialogProps) {
  if (!useOnceTrue(rest.open)) return null;
  return (
    <DialogWindow {...rest}>
      <CloseContext value={() => rest.onOpenChange(false)}>
        {children ? <div className="px-5 pt-3 pb-5">{children}</div> : <div className="pb-5" />}
        {footer && <DialogFooter>{footer}</DialogFooter>}
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

/** Closes the dialog or sheet around it. */
export function DialogClose({ children }: { children: ReactElement<object> }) {
  const close = use(CloseContext);
  return cloneElement(children, mergeHandlers(children.props, { onClick: close }));
}
