'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Switch } from '#components/ui/switch.tsx';
import { toast } from '#components/ui/toast.ts';
import { updateAutomation } from '#lib/client/automations.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';

/** Switches at once and takes it back when the server refuses. Viewers read the word. */
export function EnabledSwitch({ automation, mayWrite }: { automation: AutomationView; mayWrite: boolean }) {
  const update = useMutation({
    ...updateAutomation(useQueryClient()),
    onError: (error) => void toast.error(error.message),
  });
  const enabled = update.isPending ? update.variables.enabled! : automation.enabled;
  if (!mayWrite) return <span className="text-fg-2">{enabled ? 'On' : 'Off'}</span>;
  return (
    <Switch
      aria-label={`${automation.name} enabled`}
      checked={enabled}
      onChange={(next) => update.mutate({ id: automation.id, enabled: next })}
    />
  );
}
