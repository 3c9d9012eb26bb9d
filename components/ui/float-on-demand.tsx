'use client';

import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type Ref,
  type RefObject,
  type SyntheticEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { mergeHandlers } from './merge-handlers.ts';

type Properties = Record<string, unknown>;

/**
 * For what floats over the page when its control is used: a menu, a list, a popover. The control stands at once; `load` fetches
 * Radix's parts when pointer or focus comes near, and Radix then takes the control that is there for its trigger.
 * `closed` is what the control says of itself until then.
 */
export function useFloatOnDemand<Parts>(load: () => Promise<Parts>, closed: Properties) {
  const [parts, setParts] = useState<Parts | null>(null);
  const [open, setOpen] = useState(false);
  const control = useRef<HTMLElement>(null);
  const taken = useRef<Properties>({});
  const [attributes, setAttributes] = useState(closed);
  const early = useRef<Event[]>([]);

  const prepare = () => {
    if (!parts) void load().then((loaded) => setParts(() => loaded));
  };
  const take = useCallback((properties: Properties) => {
    taken.current = properties;
    const plain = Object.fromEntries(Object.entries(properties).filter(([, value]) => typeof value !== 'function'));
    setAttributes((old) => (sameEntries(old, plain) ? old : plain));
  }, []);
  // After Radix's own effects: what came too early happens once more.
  useEffect(() => {
    if (!parts) return;
    for (const event of early.current.splice(0)) control.current?.dispatchEvent(copyOf(event));
  }, [parts]);

  const pass = (name: string) => (event: SyntheticEvent) => {
    if (parts) return (taken.current[name] as ((event: SyntheticEvent) => void) | undefined)?.(event);
    early.current.push(event.nativeEvent);
    prepare();
  };
  const handlers = {
    onPointerEnter: prepare,
    onFocus: prepare,
    onPointerDown: pass('onPointerDown'),
    onClick: pass('onClick'),
    onKeyDown: (event: KeyboardEvent) => {
      if (parts || event.key !== 'Tab') pass('onKeyDown')(event);
      if (event.key.startsWith('Arrow')) event.preventDefault(); // not the page moves
    },
  };
  return {
    parts,
    open,
    setOpen,
    /** The control, which now opens. What it says of itself wins. */
    attach: (element: ReactElement<object>) =>
      cloneElement(element, { ...attributes, ...element.props, ...mergeHandlers(element.props, handlers), ref: control } as object),
    /** The one child of Radix's Trigger, with `asChild`. */
    trigger: <Standing control={control} onTake={take} />,
  };
}

interface StandingProps extends Properties {
  control: RefObject<HTMLElement | null>;
  onTake: (properties: Properties) => void;
  /** From Radix, like all other properties. */
  ref?: Ref<HTMLElement>;
}

/** Stands for an element that is elsewhere on the page: hands on what Radix gives it, and gives Radix that element. */
function Standing({ control, onTake, ref, ...properties }: StandingProps) {
  useLayoutEffect(() => {
    if (typeof ref !== 'function') return;
    const release = ref(control.current);
    return () => {
      if (typeof release === 'function') release();
      else ref(null);
    };
  }, [ref, control]);
  useLayoutEffect(() => onTake(properties));
  return null;
}

const sameEntries = (a: Properties, b: Properties) =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(b).every(([key, value]) => a[key] === value);

const copyOf = (event: Event) => new (event.constructor as typeof Event)(event.type, event);
