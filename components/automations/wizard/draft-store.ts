import { useCallback, useEffect, useRef, useState } from 'react';
import type { WizardValues } from './form-values.ts';

type Draft = { version: 1; savedAt: number; values: WizardValues };

/** Signing out forgets everything under this prefix (components/shell). */
const keyOf = (username: string, where: string) => `hookline.draft.${username}.${where}`;

function readDraft(key: string): Draft | null {
  const text = localStorage.getItem(key);
  if (text === null) return null;
  try {
    const draft = JSON.parse(text) as Draft;
    return draft.version === 1 ? draft : null;
  } catch {
    return null; // Written by another program: as good as none.
  }
}

/**
 * Keeps the values of an unsaved form in this browser and brings them back after a reload. Values of secrets never are in
 * the form: their dialogs send them at once.
 */
export function useDraft({
  username,
  where,
  restore,
}: {
  username: string;
  where: string;
  /** Called once after the first paint, when there is one. */
  restore: (values: WizardValues) => void;
}) {
  const key = keyOf(username, where);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const restoring = useRef(restore);
  useEffect(() => {
    const draft = readDraft(key);
    if (!draft) return;
    restoring.current(draft.values);
    setSavedAt(draft.savedAt);
  }, [key]);
  const save = useCallback(
    (values: WizardValues) => {
      const now = Date.now();
      try {
        localStorage.setItem(key, JSON.stringify({ version: 1, savedAt: now, values } satisfies Draft));
        setSavedAt(now);
      } catch {
        setSavedAt(null); // The browser has no room: the form goes on, and does not say that it is saved.
      }
    },
    [key],
  );
  const forget = useCallback(() => {
    localStorage.removeItem(key);
    setSavedAt(null);
  }, [key]);
  return { savedAt, save, forget };
}
