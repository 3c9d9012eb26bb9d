'use client';

import { ChevronUp, Eye } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { Sheet } from '#components/ui/sheet.tsx';
import { Spinner } from '#components/ui/spinner.tsx';

interface FormWithPreviewProps {
  children: ReactNode;
  /** Buttons, sticky at the foot of the form. */
  footer: ReactNode;
  previewTitle: string;
  previewEnd?: ReactNode;
  /** One line for the bar that stands for the preview where there is no room for it. */
  previewSummary: ReactNode;
  preview: ReactNode;
  /** A newer answer is on its way: the last one stays, and the title turns a spinner. */
  previewPending?: boolean;
}

/** The form's own column, also within what runs from edge to edge. */
const COLUMN = 'mx-auto w-full max-w-[calc(var(--w-form)+56px)] px-4 sm:pr-8 sm:pl-6';

/** Form at the left up to 640 px, live preview at the right from 440 px on; a bottom sheet below 1200 px. Use in a `full` Page. */
export function FormWithPreview(props: FormWithPreviewProps) {
  const { children, footer, previewTitle, previewEnd, previewSummary, preview, previewPending } = props;
  const [sheetOpen, setSheetOpen] = useState(false);
  const body = <div aria-busy={previewPending || undefined}>{preview}</div>;
  return (
    <div className="grid flex-1 grid-cols-[minmax(0,1fr)] xl:grid-cols-[minmax(0,calc(var(--w-form)+56px))_minmax(var(--w-preview-min),1fr)]">
      <div className="flex w-full min-w-0 flex-col">
        <div className={cn(COLUMN, 'flex-1 pb-6')}>{children}</div>
        <div className="sticky bottom-0 z-4 bg-panel">
          <button
            type="button"
            aria-haspopup="dialog"
            aria-expanded={sheetOpen}
            onClick={() => setSheetOpen(true)}
            className="block w-full border-t border-line bg-background text-left text-small font-medium focus-visible:-outline-offset-2 xl:hidden"
          >
            <span className={cn(COLUMN, 'flex h-10 items-center gap-2')}>
              <Eye className="text-fg-3" />
              <span className="min-w-0 flex-1 truncate">{previewSummary}</span>
              <ChevronUp className="text-fg-3" />
            </span>
          </button>
          <div className="border-t border-line">
            <div className={cn(COLUMN, 'flex items-center gap-2 py-3')}>{footer}</div>
          </div>
        </div>
      </div>
      <aside aria-label={previewTitle} className="surface-pane min-w-0 border-l border-line max-xl:hidden">
        <div className="sticky top-topbar max-h-[calc(100dvh-var(--h-topbar))] overflow-y-auto px-6 pb-6">
          <div className="flex min-h-18 items-center gap-2 pt-5.5 pb-3.5">
            <h2 className="text-base font-semibold">{previewTitle}</h2>
            {previewPending && <Spinner className="animate-[spin_0.8s_linear_infinite,appear_140ms_300ms_backwards]! text-fg-3" />}
            {previewEnd && <span className="ml-auto flex items-center gap-2">{previewEnd}</span>}
          </div>
          {body}
        </div>
      </aside>
      <Sheet open={sheetOpen} onOpenChange={setSheetOpen} title={previewTitle} side="bottom">
        <div className="flex flex-col gap-4 px-4 py-4 sm:px-6">
          {previewEnd && <div className="flex items-center gap-2">{previewEnd}</div>}
          {body}
        </div>
      </Sheet>
    </div>
  );
}
