import { showNumber } from '#components/runs/show-value.ts';
import { KeyValue } from '#components/ui/key-value.tsx';
import type { DecisionView } from '#lib/contracts/automations.ts';

type Evidence = NonNullable<DecisionView['evidence']>;

const SHOWN = 12;

/** The values that a rule on a metric was judged by, oldest first. */
export function JudgedWindows({ evidence: { metric, step, value, windows } }: { evidence: Evidence }) {
  const rows = [
    { key: 'At', value: `step ${step.toLocaleString('en')}, ${metric} ${typeof value === 'number' ? showNumber(value) : value}` },
    ...(windows.prior?.length ? [{ key: 'Values before', value: <Values values={windows.prior} /> }] : []),
    ...(windows.current.length > 1 ? [{ key: 'Values judged', value: <Values values={windows.current} /> }] : []),
  ];
  return <KeyValue mono className="pt-2" items={rows} />;
}

function Values({ values }: { values: readonly number[] }) {
  const cut = values.length - SHOWN;
  return (
    <span className="whitespace-normal">
      {cut > 0 && `${cut.toLocaleString('en')} more, `}
      {values.slice(-SHOWN).map(showNumber).join(', ')}
    </span>
  );
}
