'use client';

import type { ReactElement, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useFloatOnDemand } from './float-on-demand.tsx';
import { floatClass } from './menu-class.ts';

interface PopoverProps {
  trigger: ReactElement<object>;
  /** Names the popover for screen readers. */
  label: string;
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}

const load = () => import('@radix-ui/react-popover');

export function Popover({ trigger, label, align = 'start', className, children }: PopoverProps) {
  const float = useFloatOnDemand(load, { 'aria-haspopup': 'dialog', 'aria-expanded': false });
  const Radix = float.parts;
  return (
    <>
      {float.attach(trigger)}
      {Radix && (
        <Radix.Root open={float.open} onOpenChange={float.setOpen}>
          <Radix.Trigger asChild>{float.trigger}</Radix.Trigger>
          <Radix.Portal>
            <Radix.Content
              aria-label={label}
              align={align}
              sideOffset={4}
              collisionPadding={8}
              className={cn(
                floatClass,
                'max-h-(--radix-popover-content-available-height) w-72 max-w-[calc(100vw-16px)] overflow-auto p-3',
                className,
              )}
            >
              {children}
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </>
  );
}
