'use client';

import { useMemo } from 'react';
import type { Filter } from '#lib/domain/filter.ts';
import { metricRuleOf } from '#lib/domain/rule-words.ts';
import { toDocument } from './form-document.ts';
import type { Match } from './match-row.tsx';
import { RuleChart } from './rule-chart.tsx';
import { useValues } from './wizard-form.ts';

/** The run of one event: the metric over steps, the limit, and where it would have fired. */
export function MatchChart({ match: { event, decision } }: { match: Match }) {
  const { filter } = toDocument(useValues()) as { filter: Filter };
  const metric = decision.evidence?.metric ?? metricRuleOf(filter)?.name;
  const run = runOf(event.document);
  const rings = useMemo(() => {
    const { evidence, kind } = decision;
    return kind === 'fire' && evidence && typeof evidence.value === 'number' ? [{ step: evidence.step, value: evidence.value }] : [];
  }, [decision]);
  if (!run || !metric) return null;
  return <RuleChart entity={event.entity} project={event.project} run={run} metric={metric} rings={rings} />;
}

function runOf(document: unknown): { id: string; name: string } | null {
  const run = (document as { run?: { id?: string; name?: string } } | null)?.run;
  return run?.id ? { id: run.id, name: run.name ?? run.id } : null;
}
