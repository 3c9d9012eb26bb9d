'use client';

import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import { Toaster as Sonner } from 'sonner';
import { buttonClass } from './button-class.ts';
import { Spinner } from './spinner.tsx';

/** Where toasts appear. */
export function ToasterRegion() {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      offset={16}
      mobileOffset={12}
      icons={{
        success: <CircleCheck className="text-success" />,
        error: <CircleX className="text-danger" />,
        warning: <TriangleAlert className="text-warning" />,
        info: <Info className="text-info" />,
        loading: <Spinner className="text-info" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'surface-raised flex min-h-11 w-full sm:w-90 items-center gap-2.5 rounded-menu border border-line-strong py-2 pr-2 pl-3 font-sans text-small shadow-menu',
          content: 'min-w-0 flex-1 wrap-anywhere',
          title: 'font-normal',
          description: 'text-meta text-fg-2',
          icon: 'flex flex-none items-center',
          actionButton: buttonClass('ghost', 'sm'),
          cancelButton: buttonClass('ghost', 'sm'),
        },
      }}
    />
  );
}
