'use client';

import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useDialogFocus } from './dialog-focus.ts';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Opens it, where the dialog keeps its own state. */
  trigger?: ReactElement;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the primary one last. Inside a <form>, leave it out and render DialogFooter there. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  children?: ReactNode;
}

const WIDTH = { sm: 'max-w-[400px]', md: 'max-w-[480px]', lg: 'max-w-[640px]' };

export const scrimClass = 'fixed inset-0 z-40 animate-appear bg-scrim';

export function Dialog({ open, onOpenChange, trigger, title, description, footer, size = 'md', children }: DialogProps) {
  const focus = useDialogFocus(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={cn(scrimClass, 'grid items-start justify-items-center overflow-y-auto px-4 py-6 sm:py-[12vh]')}>
          <Radix.Content
            {...focus}
            {...(description ? {} : { 'aria-describedby': undefined })}
            className={cn(
              'surface-raised flex w-full animate-rise flex-col rounded-panel border border-line-strong shadow-dialog outline-none',
              WIDTH[size],
            )}
          >
            <div className="flex items-start gap-3 pt-4 pr-4 pl-5">
              <Radix.Title className="min-w-0 text-lead font-semibold tracking-[-0.006em] wrap-anywhere">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label="Close" size="sm" className="-mt-0.5 ml-auto">
                  <X />
                </IconButton>
              </Radix.Close>
            </div>
            {description && <Radix.Description className="px-5 pt-1 text-small text-fg-2">{description}</Radix.Description>}
            {children && <div className="px-5 pt-3 pb-5">{children}</div>}
            {!children && <div className="pb-5" />}
            {footer && <DialogFooter>{footer}</DialogFooter>}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The line of buttons. `inset` when it stands inside the body, within a form. */
export function DialogFooter({ inset, children }: { inset?: boolean; children: ReactNode }) {
  return (
    <div className={cn('flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3', inset && '-mx-5 mt-5 -mb-5')}>{children}</div>
  );
}

/** Closes the dialog or sheet around it. */
export function DialogClose({ children }: { children: ReactElement }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}
