'use client';

import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useDialogFocus } from './dialog-focus.ts';
import { scrimClass } from './dialog-window.tsx';
import { IconButton } from './icon-button.tsx';

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** A line under the title. */
  description?: ReactNode;
  /** The title is for screen readers only; the content has its own. */
  hideTitle?: boolean;
  side?: 'right' | 'left' | 'bottom';
  /** Of a right or left sheet: `md` 640, `lg` 1120 px, `nav` the sidebar. */
  width?: 'md' | 'lg' | 'nav';
  footer?: ReactNode;
  children: ReactNode;
}

const SIDE = {
  right: 'inset-y-0 right-0 border-l animate-from-right',
  left: 'inset-y-0 left-0 border-r animate-from-left',
  bottom: 'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-panel border-t animate-rise',
};
const WIDTH = { md: 'w-drawer max-w-full', lg: 'w-[1120px] max-w-full', nav: 'w-[264px] max-w-[calc(100vw-56px)]' };

/** What a Sheet is once it has been opened. */
export function SheetWindow(props: SheetProps) {
  const { open, onOpenChange, title, description, hideTitle, side = 'right', width = 'md', footer, children } = props;
  const focus = useDialogFocus(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'surface-raised fixed z-40 flex flex-col border-line-strong shadow-dialog outline-none',
            SIDE[side],
            side === 'bottom' ? 'w-full' : WIDTH[width],
          )}
        >
          {hideTitle ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <header className="flex flex-none items-start gap-3 border-b border-line pt-3.5 pr-4 pb-3 pl-4 sm:pl-6">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-lead font-semibold wrap-anywhere">{title}</Radix.Title>
                {description && <Radix.Description className="text-meta text-fg-3 wrap-anywhere">{description}</Radix.Description>}
              </div>
              <Radix.Close asChild>
                <IconButton label="Close">
                  <X />
                </IconButton>
              </Radix.Close>
            </header>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer && <footer className="flex flex-none justify-end gap-2 border-t border-line px-4 py-3 sm:px-6">{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
