import { Box, Library } from 'lucide-react';
import { TextLink } from '#components/ui/text-link.tsx';
import type { VersionPlace } from '#lib/contracts/tracking.ts';
import { hrefOfVersion } from './version-href.ts';

/** "vision/detector:v3", or in a registry "model/fraud:v0", leading there. */
export function VersionLink({ place }: { place: VersionPlace }) {
  const { entity, project, registry, collection, version } = place;
  const Icon = registry === null ? Box : Library;
  const where = registry ?? `${entity}/${project}`;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Icon className="size-3.5 flex-none text-fg-3" aria-label={registry === null ? 'Project' : 'Registry'} />
      <TextLink
        className="relative block min-w-0 truncate font-mono text-[12px]"
        href={hrefOfVersion(place)}
        title={`${where}/${collection}:${version}`}
      >
        {where}/{collection}:{version}
      </TextLink>
    </span>
  );
}
