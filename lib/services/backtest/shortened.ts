import type { Decision } from '#lib/domain/decision.ts';

/** So many values of each window are shown: they may be 10,000 long. */
const VALUES_SHOWN = 50;

/** A decision with the newest values of its windows alone. */
export function shortened(decision: Decision): Decision {
  const { evidence } = decision;
  if (!evidence) return decision;
  const { current, prior } = evidence.windows;
  const windows = { current: current.slice(-VALUES_SHOWN), ...(prior && { prior: prior.slice(-VALUES_SHOWN) }) };
  return { ...decision, evidence: { ...evidence, windows } };
}
