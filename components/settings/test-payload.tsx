'use client';

import { CircleCheck, LayoutTemplate, TriangleAlert, WandSparkles } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { Select, type SelectGroup } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { AUTOMATION_EVENTS, type AutomationEvent, EVENT_TYPES, type EventFamily } from '#lib/domain/event-types.ts';
import { formatTemplate } from '#lib/domain/format-template.ts';
import { presetFor, presetsFor } from '#lib/domain/presets.ts';
import { parseTemplate } from '#lib/domain/template.ts';
import type { WebhookTest } from './use-webhook-test.ts';

const FAMILIES: Record<EventFamily, string> = { artifact: 'Artifacts', collection: 'Collections', run: 'Runs', schedule: 'Schedule' };

const EVENTS: SelectGroup<AutomationEvent>[] = (Object.keys(FAMILIES) as EventFamily[]).map((family) => ({
  heading: FAMILIES[family],
  options: AUTOMATION_EVENTS.filter((on) => EVENT_TYPES[on].family === family).map((on) => ({ value: on, label: EVENT_TYPES[on].label })),
}));

/** The payload to edit: JSON with placeholders, checked against the sample of an event while it is typed. */
export function TestPayload({ test }: { test: WebhookTest }) {
  const { on, setOn, text, setText, problems } = test;
  const formatted = formatTemplate(text);
  // A payload that nobody changed follows the event: its preset names what that event fills.
  const chooseEvent = (next: AutomationEvent) => {
    const untouched = presetsFor(on).find((preset) => preset.template.trimEnd() === text);
    if (untouched) setText(presetFor(untouched.id, next).template.trimEnd());
    setOn(next);
  };
  return (
    <section aria-labelledby="test-payload">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 id="test-payload" className="text-small font-semibold">
          Payload
        </h3>
        <span className="ml-auto flex min-w-0 flex-wrap items-center gap-1">
          <Select size="sm" aria-label="Sample event" value={on} onChange={chooseEvent} options={EVENTS} className="w-auto! max-w-52" />
          <Menu
            trigger={
              <Button variant="ghost" size="sm">
                <LayoutTemplate />
                Presets
              </Button>
            }
          >
            {presetsFor(on).map((preset) => (
              <MenuItem key={preset.id} onSelect={() => setText(preset.template.trimEnd())}>
                {preset.name}
              </MenuItem>
            ))}
          </Menu>
          <Button
            variant="ghost"
            size="sm"
            disabledReason={formatted === null ? 'Not JSON yet: correct it first' : undefined}
            onClick={() => formatted !== null && setText(formatted)}
          >
            <WandSparkles />
            Format
          </Button>
        </span>
      </div>
      <Textarea
        mono
        rows={7}
        spellCheck={false}
        aria-label="Payload"
        aria-describedby="test-payload-problems"
        invalid={problems.some(({ severity }) => severity === 'error')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="Empty: the default body with the event is sent"
      />
      <div id="test-payload-problems" className="mt-1.5 grid gap-1 text-meta text-fg-2 empty:hidden">
        {problems.map((problem) => {
          const words = `Line ${problem.line}: ${problem.message}`;
          return problem.severity === 'error' ? (
            <FieldError key={`${problem.offset} ${problem.code}`}>{words}</FieldError>
          ) : (
            <p key={`${problem.offset} ${problem.code}`} className="flex items-start gap-1.5 text-warning-text">
              <TriangleAlert className="mt-0.5 size-3 stroke-2 text-warning" />
              {words}
            </p>
          );
        })}
        {problems.length === 0 && (
          <p className="flex items-center gap-1.5">
            <CircleCheck className="size-3.5 text-success" />
            {text.trim() === '' ? 'The default body is sent' : `Valid JSON with the sample, ${countOfVariables(text)}`}
          </p>
        )}
      </div>
    </section>
  );
}

function countOfVariables(text: string): string {
  const count = parseTemplate(text).names.length;
  return count === 1 ? '1 variable' : `${count} variables`;
}
