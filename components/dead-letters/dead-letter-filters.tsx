'use client';

import { Building2, CalendarDays, MessageSquareWarning, Webhook, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { FilterChip } from '#components/ui/filter-chip.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import type { DeadLetterSummary } from '#lib/contracts/dead-letters.ts';
import { FAILURE_CAUSES, type FailureCause } from '#lib/domain/failure-causes.ts';
import { SINCE_PRESET_NAMES, SINCE_PRESETS, type SincePreset } from './replay-since.ts';

export type InboxUrl = {
  entity: string | null;
  webhook: string | null;
  automation: string | null;
  cause: FailureCause | null;
  period: SincePreset | null;
};

interface DeadLetterFiltersProps {
  url: InboxUrl;
  /** What there is to choose from; absent while it loads. */
  summary?: DeadLetterSummary;
  onChange: (change: Partial<InboxUrl>) => void;
}

/** Each narrows; its menu offers what there is, the most frequent first. */
export function DeadLetterFilters({ url, summary, onChange }: DeadLetterFiltersProps) {
  const { entities = [], targets = [], automations = [], causes = [] } = summary ?? {};
  return (
    <>
      {(entities.length > 1 || url.entity) && (
        <Choice
          icon={<Building2 />}
          label="Team"
          value={url.entity}
          onChange={(entity) => onChange({ entity })}
          options={entities.map(({ name, count }) => ({ value: name, label: name, count }))}
        />
      )}
      <Choice
        icon={<Webhook />}
        label="Webhook"
        value={url.webhook}
        onChange={(webhook) => onChange({ webhook })}
        options={targets.map(({ id, name, count }) => ({ value: id, label: name, count }))}
      />
      <Choice
        icon={<Zap />}
        label="Automation"
        value={url.automation}
        onChange={(automation) => onChange({ automation })}
        options={automations.map(({ id, name, count }) => ({ value: id, label: name, count }))}
      />
      <Choice
        icon={<MessageSquareWarning />}
        label="Cause"
        value={url.cause}
        onChange={(cause) => onChange({ cause: cause as FailureCause | null })}
        options={causes.map(({ cause, count }) => ({ value: cause, label: FAILURE_CAUSES[cause].label, count }))}
        nameOf={(cause) => FAILURE_CAUSES[cause as FailureCause].label}
      />
      <Choice
        icon={<CalendarDays />}
        label="Failed in"
        value={url.period}
        onChange={(period) => onChange({ period: period as SincePreset | null })}
        options={SINCE_PRESET_NAMES.map((name) => ({ value: name, label: `The last ${SINCE_PRESETS[name].label}` }))}
      />
    </>
  );
}

interface ChoiceProps {
  icon: ReactNode;
  label: string;
  value: string | null;
  options: { value: string; label: string; count?: number }[];
  onChange: (value: string | null) => void;
  /** The name of a value that is not offered at the moment. */
  nameOf?: (value: string) => string;
}

function Choice({ icon, label, value, options, onChange, nameOf = (text) => text }: ChoiceProps) {
  const chosen = value === null ? undefined : (options.find((option) => option.value === value)?.label ?? nameOf(value));
  return (
    <Menu align="start" label={label} trigger={<FilterChip icon={icon} label={label} value={chosen} onClear={() => onChange(null)} />}>
      <MenuChoices
        label={label}
        value={value ?? ''}
        onChange={(next) => onChange(next || null)}
        options={[
          { value: '', label: 'All' },
          ...options.map(({ value: each, label: name, count }) => ({
            value: each,
            label: (
              <span className="flex items-baseline justify-between gap-4">
                <span className="truncate">{name}</span>
                {count !== undefined && <span className="text-fg-3 tabular-nums">{count.toLocaleString('en')}</span>}
              </span>
            ),
          })),
        ]}
      />
    </Menu>
  );
}
