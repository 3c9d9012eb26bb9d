import { Chip } from './chip.tsx';
import { Tooltip } from './tooltip.tsx';

interface ChipStripProps {
  names: readonly string[];
  kind?: 'tag' | 'alias';
}

const MOST = 2;

/** Names on one line of a table: the first ones, and how many more there are; those are told on hover. */
export function ChipStrip({ names, kind }: ChipStripProps) {
  const more = names.slice(MOST);
  return (
    <span className="flex gap-1">
      {names.slice(0, MOST).map((name) => (
        <Chip key={name} kind={kind} className="min-w-0">
          {name}
        </Chip>
      ))}
      {more.length > 0 && (
        <Tooltip content={more.join(', ')}>
          <span className="relative flex-none px-1 text-meta leading-[22px] text-fg-2">
            +{more.length}
            <span className="sr-only">: {more.join(', ')}</span>
          </span>
        </Tooltip>
      )}
    </span>
  );
}
