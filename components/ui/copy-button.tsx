'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { Tooltip } from './tooltip.tsx';

/** Copies and remembers it for a moment, so the button can say so. */
export function useCopy(text: string | (() => string)) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await writeClipboard(typeof text === 'function' ? text() : text);
    setCopied(true);
  };
  return { copied, copy };
}

// The clipboard API exists in secure contexts only; Hookline may well run on http in a private network.
export async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  (document.querySelector('[role="dialog"]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

interface CopyButtonProps {
  text: string | (() => string);
  /** What is copied: "Copy request". With `icon` it is the name only. */
  label?: string;
  icon?: boolean;
  size?: 'md' | 'sm';
  variant?: 'ghost' | 'default';
  className?: string;
}

export function CopyButton({ text, label = 'Copy', icon, size = 'sm', variant = 'ghost', className }: CopyButtonProps) {
  const { copied, copy } = useCopy(text);
  const sign = copied ? <Check className="text-success" /> : <Copy />;
  if (icon) {
    return (
      <IconButton label={copied ? 'Copied' : label} size={size} variant={variant} className={className} onClick={copy}>
        {sign}
      </IconButton>
    );
  }
  return (
    <Button size={size} variant={variant} className={className} onClick={copy}>
      {sign}
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  );
}

interface CopyTextProps {
  text: string;
  /** What it is, for the button's name: "execution id". */
  label: string;
  children?: ReactNode;
  /** With the copy sign behind it. */
  sign?: boolean;
  className?: string;
}

/** An id that copies itself on click. */
export function CopyText({ text, label, children, sign, className }: CopyTextProps) {
  const { copied, copy } = useCopy(text);
  return (
    <Tooltip content={copied ? 'Copied' : `Copy ${label}`} open={copied || undefined}>
      <button
        type="button"
        onClick={copy}
        className={cn(
          'relative inline-flex min-w-0 max-w-full items-center gap-1.5 rounded-xs text-left font-mono text-[12px] text-fg-2 hover:text-fg',
          className,
        )}
      >
        <span className="sr-only">Copy {label} </span>
        <span className="min-w-0 truncate">{children ?? text}</span>
        {sign && (copied ? <Check className="size-3.5 text-success" /> : <Copy className="size-3.5 text-fg-3" />)}
      </button>
    </Tooltip>
  );
}
