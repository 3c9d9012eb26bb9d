'use client';

import { useState } from 'react';

/**
 * Where focus goes when a dialog opens (its first field, else the dialog itself) and closes (back to what opened it).
 * Radix would focus the close button, whose tooltip then swallows Escape, and gives focus back to its own Trigger only.
 */
export function useDialogFocus(open: boolean) {
  const [wasOpen, setWasOpen] = useState(false);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  if (open !== wasOpen) {
    setWasOpen(open);
    // Here and not in an effect: a field with autoFocus takes the focus before any effect runs.
    if (open) setOpener(findOpener());
  }
  return {
    onOpenAutoFocus: (event: Event) => {
      event.preventDefault();
      const content = event.target;
      if (content instanceof HTMLElement && !content.contains(document.activeElement)) (findField(content) ?? content).focus();
    },
    onCloseAutoFocus: (event: Event) => {
      if (!opener?.isConnected) return;
      event.preventDefault();
      opener.focus();
    },
  };
}

function findField(content: HTMLElement): HTMLElement | null {
  return content.querySelector('input:not([type="hidden"], [disabled]), textarea:not([disabled])');
}

function findOpener(): HTMLElement | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return null;
  const trigger = active.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return trigger ? document.getElementById(trigger) : active;
}
