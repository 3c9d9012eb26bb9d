'use client';

import { Check, Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { type ComponentProps, createContext, type ReactElement, type ReactNode, use } from 'react';
import { cn } from './class-names.ts';
import { useFloatOnDemand } from './float-on-demand.tsx';
import { IconButton } from './icon-button.tsx';
import { Kbd } from './kbd.tsx';
import { floatClass, menuItemClass } from './menu-class.ts';

const load = () => import('@radix-ui/react-dropdown-menu');
type Parts = Awaited<ReturnType<typeof load>>;

const PartsContext = createContext<Parts | null>(null);
/** There wherever a menu is open. */
const useParts = () => use(PartsContext)!;

interface MenuProps {
  /** The button that opens it; without one, a ⋯ button named `label`. */
  trigger?: ReactElement<object>;
  label?: string;
  /** Of the ⋯ button: `default` has a border, for page headers. */
  variant?: 'ghost' | 'default';
  size?: 'md' | 'sm';
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}

export function Menu({ trigger, label = 'More actions', variant = 'ghost', size, align = 'end', className, children }: MenuProps) {
  const float = useFloatOnDemand(load, { 'aria-haspopup': 'menu', 'aria-expanded': false });
  const Radix = float.parts;
  return (
    <>
      {float.attach(
        trigger ?? (
          <IconButton label={label} variant={variant} size={size}>
            <Ellipsis />
          </IconButton>
        ),
      )}
      {Radix && (
        <Radix.Root modal={false} open={float.open} onOpenChange={float.setOpen}>
          <Radix.Trigger asChild>{float.trigger}</Radix.Trigger>
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
              <PartsContext value={Radix}>{children}</PartsContext>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </>
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
  const Radix = useParts();
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={itemClass(danger)}>
      <ItemBody icon={icon} shortcut={shortcut}>
        {children}
      </ItemBody>
    </Radix.Item>
  );
}

export function MenuLink({ icon, shortcut, danger, disabled, href, children, ...rest }: MenuItemProps & ComponentProps<typeof Link>) {
  const Radix = useParts();
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
  const Radix = useParts();
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
  const { Label } = useParts();
  return <Label className="px-2 pt-1.5 pb-1 text-meta font-medium text-fg-3">{children}</Label>;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator className="-mx-1 my-1 border-t border-line" />;
}
