'use client';

import * as Radix from '@radix-ui/react-dropdown-menu';
import { Check, Ellipsis } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { Kbd } from './kbd.tsx';
import { floatClass, menuItemClass } from './menu-class.ts';

interface MenuProps {
  /** The button that opens it; without one, a ⋯ button named `label`. */
  trigger?: ReactElement;
  label?: string;
  /** Of the ⋯ button: `default` has a border, for page headers. */
  variant?: 'ghost' | 'default';
  size?: 'md' | 'sm';
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}

export function Menu({ trigger, label = 'More actions', variant = 'ghost', size, align = 'end', className, children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      {trigger ? (
        <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      ) : (
        <Radix.Trigger asChild>
          <IconButton label={label} variant={variant} size={size}>
            <Ellipsis />
          </IconButton>
        </Radix.Trigger>
      )}
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            floatClass,
            'max-h-(--radix-dropdown-menu-content-available-height) min-w-46 max-w-[calc(100vw-16px)] overflow-y-auto p-1',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

const itemClass = (danger?: boolean) => cn(menuItemClass, danger && 'text-danger-text [&_.lucide]:text-current!');

export function MenuItem({ icon, shortcut, danger, disabled, onSelect, children }: MenuItemProps & { onSelect?: (event: Event) => void }) {
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={itemClass(danger)}>
      <ItemBody icon={icon} shortcut={shortcut}>
        {children}
      </ItemBody>
    </Radix.Item>
  );
}

export function MenuLink({ icon, shortcut, danger, disabled, href, children, ...rest }: MenuItemProps & ComponentProps<typeof Link>) {
  return (
    <Radix.Item asChild disabled={disabled}>
      <Link href={href} {...rest} className={itemClass(danger)}>
        <ItemBody icon={icon} shortcut={shortcut}>
          {children}
        </ItemBody>
      </Link>
    </Radix.Item>
  );
}

function ItemBody({ icon, shortcut, children }: { icon?: ReactNode; shortcut?: string; children: ReactNode }) {
  return (
    <>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <Kbd className="ml-3">{shortcut}</Kbd>}
    </>
  );
}

interface MenuChoicesProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode }[];
}

/** One of several, inside a menu. */
export function MenuChoices<Value extends string>({ label, value, onChange, options }: MenuChoicesProps<Value>) {
  return (
    <Radix.RadioGroup aria-label={label} value={value} onValueChange={(next) => onChange(next as Value)}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={menuItemClass}>
          <ItemBody icon={option.icon}>{option.label}</ItemBody>
          <Radix.ItemIndicator className="ml-2">
            <Check />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-meta font-medium text-fg-3">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 border-t border-line" />;
}
