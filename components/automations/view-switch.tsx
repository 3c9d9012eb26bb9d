import { SegmentedLinks } from '#components/ui/segmented.tsx';
import { pagePaths } from '#lib/domain/page-paths.ts';

/** The three views of everything that I can see: the rules, what they did, what failed for good. */
export function ViewSwitch({ current }: { current: 'list' | 'history' | 'dead-letters' }) {
  return (
    <SegmentedLinks
      label="View"
      links={[
        { href: pagePaths.automations(), label: 'List', current: current === 'list' },
        { href: `${pagePaths.automations()}?view=history`, label: 'History', current: current === 'history' },
        { href: pagePaths.deadLetters(), label: 'Dead letters', current: current === 'dead-letters' },
      ]}
    />
  );
}
