import type { ExternalToast } from 'sonner';

const raise =
  (kind: 'success' | 'error') =>
  (text: string, options?: ExternalToast): void =>
    void import('sonner').then(({ toast: sonner }) => sonner[kind](text, options));

/** Says how it went: toast.success(text, { action: { label: 'Undo', onClick } }). Shown by the Toaster. */
export const toast = { success: raise('success'), error: raise('error') };
