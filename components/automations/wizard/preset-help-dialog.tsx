'use client';

import { ExternalLink } from 'lucide-react';
import { Callout } from '#components/ui/callout.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { Preset } from '#lib/domain/presets.ts';
import { listInWords } from '#lib/domain/wording.ts';

/** What to do at the receiving service before the first delivery can arrive. */
export function PresetHelpDialog({ preset, onClose }: { preset: Preset; onClose: () => void }) {
  const { help } = preset;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} size="lg" title={`Set up: ${preset.name}`} description={preset.description}>
      <div className="flex flex-col gap-4 text-small">
        <div>
          <p className="pb-1 text-meta text-fg-3">The webhook’s URL</p>
          <code className="font-mono text-code wrap-anywhere">{help.url}</code>
        </div>
        <ol className="flex list-decimal flex-col gap-3 pl-5 marker:text-fg-3">
          {help.steps.map((step) => (
            <li key={step.title}>
              <p className="font-medium">{step.title}</p>
              <p className="text-fg-2">{step.text}</p>
              {step.code && <CodeBlock className="mt-2" label={step.title} language={step.code.language} text={step.code.text} />}
            </li>
          ))}
        </ol>
        {help.payloadSecrets.length > 0 && (
          <Callout>The payload names {listInWords(help.payloadSecrets)}: list it in the webhook’s payload secrets.</Callout>
        )}
        <a
          href={help.documentation}
          target="_blank"
          rel="noreferrer"
          className="inline-flex w-fit items-center gap-1 text-accent-text underline underline-offset-3"
        >
          What the service takes <ExternalLink className="size-3" />
        </a>
      </div>
    </Dialog>
  );
}
