'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';

type Traversal = Event & { navigationType: string; destination: { url: string } };
type Leave = { kind: 'link'; href: string } | { kind: 'back' };

/** Asks before unsaved changes are left, by a link, by going back or by closing the tab. Other steps of the same page are no leaving. */
export function LeaveGuard({ active }: { active: boolean }) {
  const router = useRouter();
  const [leave, setLeave] = useState<Leave | null>(null);
  const [allowed, setAllowed] = useState(false);
  const guarding = active && !allowed;

  useEffect(() => {
    if (!guarding) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.('a[href]') as HTMLAnchorElement | null;
      if (!link || link.target === '_blank' || event.defaultPrevented || event.button !== 0 || hasModifier(event)) return;
      if (link.origin !== location.origin || link.pathname === location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setLeave({ kind: 'link', href: link.pathname + link.search });
    };
    const onTraverse = (event: Event) => {
      const { navigationType, destination, cancelable } = event as Traversal;
      if (navigationType !== 'traverse' || !cancelable || new URL(destination.url).pathname === location.pathname) return;
      event.preventDefault();
      setLeave({ kind: 'back' });
    };
    const navigation = (window as { navigation?: EventTarget }).navigation;
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    navigation?.addEventListener('navigate', onTraverse);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
      navigation?.removeEventListener('navigate', onTraverse);
    };
  }, [guarding]);

  return (
    <ConfirmDialog
      open={leave !== null}
      onOpenChange={(open) => !open && setLeave(null)}
      title="Leave without saving?"
      description="The automation is not changed. Your draft stays in this browser until you sign out."
      confirmLabel="Leave"
      onConfirm={() => {
        setAllowed(true);
        if (leave?.kind === 'link') router.push(leave.href);
        else history.back();
      }}
    />
  );
}

const hasModifier = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) => metaKey || ctrlKey || shiftKey || altKey;
