'use client';

import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useDialogFocus } from './dialog-focus.ts';
import { IconButton } from './icon-button.tsx';

export interface DialogWindowProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  children: ReactNode;
}

const WIDTH = { sm: 'max-w-[400px]', md: 'max-w-[480px]', lg: 'max-w-[640px]' };

export const scrimClass = 'fixed inset-0 z-40 animate-appear bg-scrim';

/** What a Dialog is once it has been opened. */
export function DialogWindow({ open, onOpenChange, title, description, size = 'md', children }: DialogWindowProps) {
  const focus = useDialogFocus(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay
          className={cn(
            scrimClass,
            'grid grid-cols-[minmax(0,1fr)] items-start justify-items-center overflow-y-auto px-4 py-6 sm:py-[12vh]',
          )}
        >
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
            {children}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
