'use client';

import { LayoutTemplate } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';

const TemplateDialog = dynamic(() => import('./template-dialog.tsx').then((module) => module.TemplateDialog));

/** What teams come for, to begin with. */
export function TemplateMenu() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" className="-ml-2 w-fit" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <LayoutTemplate />
        Start from a template
      </Button>
      {open && <TemplateDialog onClose={() => setOpen(false)} />}
    </>
  );
}
