'use client';

import { VariableChip } from '#components/ui/chip.tsx';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { SECRET_MASK } from '#lib/domain/template.ts';
import { variablesFor } from '#lib/domain/template-variables.ts';
import { sampleText } from './payload-variables.ts';

interface VariableChipsProps {
  on: AutomationEvent;
  sampleValues: Readonly<Record<string, JsonValue>>;
  secretNames: readonly string[];
  onInsert: (name: string) => void;
}

/** The variables of the chosen event, with what they stand for in the sample. */
export function VariableChips({ on, sampleValues, secretNames, onInsert }: VariableChipsProps) {
  return (
    <section aria-label="Variables" className="flex flex-col gap-2">
      <h2 className="text-small font-medium">
        Variables <span className="font-normal text-fg-3">of this event, with the sample’s values</span>
      </h2>
      <div className="flex flex-wrap gap-1.5">
        {variablesFor(on).map(({ name, description }) => (
          <span key={name} title={description} className="max-w-full">
            <VariableChip name={name} sample={sampleText(sampleValues[name])} onInsert={() => onInsert(name)} />
          </span>
        ))}
        {secretNames.map((name) => (
          <VariableChip key={name} name={name} sample={SECRET_MASK} onInsert={() => onInsert(name)} />
        ))}
      </div>
    </section>
  );
}
