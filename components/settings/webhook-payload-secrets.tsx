'use client';

import { Plus } from 'lucide-react';
import { type Control, Controller } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Field } from '#components/ui/field.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import type { WebhookForm } from './webhook-form-values.ts';

interface WebhookPayloadSecretsProps {
  control: Control<WebhookForm>;
  names: readonly string[];
  onNew: () => void;
}

/** Which secrets payloads may name; no other reaches a body. */
export function WebhookPayloadSecrets({ control, names, onNew }: WebhookPayloadSecretsProps) {
  return (
    <Controller
      control={control}
      name="payloadSecrets"
      render={({ field, fieldState }) => {
        const rest = names.filter((name) => !field.value.includes(name));
        return (
          <Field
            group
            label="Secrets for payloads"
            note="optional"
            hint="Payloads of this webhook may insert these by name, such as ${PAGER_TOKEN}; no others."
            error={fieldState.error?.message}
          >
            <div className="flex flex-wrap items-center gap-1.5">
              {field.value.map((name) => (
                <Chip key={name} name={name} onRemove={() => field.onChange(field.value.filter((each) => each !== name))}>
                  <span className="font-mono text-[12px]">{name}</span>
                </Chip>
              ))}
              <Menu
                align="start"
                trigger={
                  <Button size="sm">
                    <Plus />
                    Add secret
                  </Button>
                }
              >
                {rest.map((name) => (
                  <MenuItem key={name} onSelect={() => field.onChange([...field.value, name])}>
                    <span className="font-mono text-code">{name}</span>
                  </MenuItem>
                ))}
                {rest.length > 0 && <MenuSeparator />}
                <MenuItem icon={<Plus />} onSelect={onNew}>
                  New secret
                </MenuItem>
              </Menu>
            </div>
          </Field>
        );
      }}
    />
  );
}
