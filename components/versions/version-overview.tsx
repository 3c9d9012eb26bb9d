import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyText } from '#components/ui/copy-button.tsx';
import { formatBytes } from '#components/ui/format-bytes.ts';
import { KeyValue } from '#components/ui/key-value.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { VersionDetail } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { hrefOfVersion } from './version-href.ts';
import { VersionLink } from './version-link.tsx';

/** What the version is, how a script gets it, and where it stands. */
export function VersionOverview({ view }: { view: VersionDetail }) {
  const hasMetadata = Object.keys(view.metadata).length > 0;
  return (
    <div className="grid flex-1 grid-cols-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_328px]">
      <div className="grid w-full max-w-[88ch] min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5 px-4 py-5 sm:px-6">
        {view.description && <p className="whitespace-pre-line wrap-anywhere">{view.description}</p>}
        <section>
          <SectionHeader title="Use it in a script" className="pt-0!" />
          <CodeBlock
            language="python"
            label="Python"
            text={`artifact = run.use_artifact("${view.qualifiedName}")\npath = artifact.download()`}
          />
        </section>
        <section>
          <SectionHeader title="Metadata" className="pt-0!" />
          {hasMetadata ? (
            <CodeBlock label="metadata.json" text={JSON.stringify(view.metadata, null, 2)} />
          ) : (
            <p className="text-small text-fg-2">
              None. A script gives it with <code className="font-mono text-code">wandb.Artifact(…, metadata=…)</code>; conditions of
              automations can ask for its values.
            </p>
          )}
        </section>
      </div>
      <VersionRail view={view} />
    </div>
  );
}

function VersionRail({ view }: { view: VersionDetail }) {
  const { run } = view;
  return (
    <aside aria-label="About this version" className="grid content-start gap-5 border-line px-4 py-4 max-xl:border-t xl:border-l xl:px-5">
      <h2 className="sr-only">About this version</h2>
      <section>
        <SectionHeader title="Content" level={3} className="pt-0!" />
        <KeyValue
          right
          items={[
            { key: 'Size', value: formatBytes(view.sizeBytes) },
            { key: 'Files', value: view.files.toLocaleString('en') },
            { key: 'Created', value: <RelativeTime at={view.createdAt} /> },
            ...(run
              ? [{ key: 'Made by run', value: <TextLink href={pagePaths.run(run.entity, run.project, run.id)}>{run.name}</TextLink> }]
              : []),
            ...(view.digest ? [{ key: 'Digest', value: <CopyText text={view.digest} label="digest" /> }] : []),
          ]}
        />
      </section>
      {view.linked && (
        <section>
          <SectionHeader title="Linked from" level={3} className="pt-0!" />
          {view.source ? <VersionLink place={view.source} /> : <p className="text-small text-fg-2">A project that you do not see.</p>}
        </section>
      )}
      <section>
        <SectionHeader title={view.linked ? 'Also linked to' : 'Linked to'} level={3} className="pt-0!" />
        {view.linkedTo.length === 0 ? (
          <p className="text-small text-fg-2">{view.linked ? 'Nothing else that you see.' : 'No registry that you see.'}</p>
        ) : (
          <ul className="grid gap-1.5">
            {view.linkedTo.map((place) => (
              <li key={hrefOfVersion(place)}>
                <VersionLink place={place} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </aside>
  );
}
