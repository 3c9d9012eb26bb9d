'use client';

import { useState } from 'react';
import { CodeTabs } from '#components/ui/code-block.tsx';
import { Field } from '#components/ui/field.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import type { WebhookView } from '#lib/contracts/integrations.ts';
import { type SignatureScheme, type VerifierLanguage, verifierFor } from '#lib/domain/verifiers.ts';
import { SignatureChecker } from './signature-checker.tsx';

const LANGUAGES: { value: VerifierLanguage; label: string; language: 'python' | 'javascript' | 'text' }[] = [
  { value: 'python', label: 'Python', language: 'python' },
  { value: 'node', label: 'Node', language: 'javascript' },
  { value: 'go', label: 'Go', language: 'text' },
];

/** For whoever runs the receiver: code that checks a delivery, and a checker for one that was received. */
export function VerifySignature({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const { name, signingSecret, signatureEncoding } = webhook;
  const [scheme, setScheme] = useState<SignatureScheme>(signatureEncoding);
  const [language, setLanguage] = useState('python');
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title="Verify signature"
      description={
        signingSecret === null ? `${name} does not sign yet: choose a Secret in its settings.` : `${name} signs with ${signingSecret}`
      }
    >
      <div className="grid gap-6 px-4 py-4 sm:px-6">
        <section className="grid gap-3">
          <h3 className="text-small font-semibold">In your receiver</h3>
          <Field group hideLabel label="Header">
            <Segmented
              aria-label="Header"
              value={scheme}
              onChange={setScheme}
              options={[
                { value: signatureEncoding, label: `X-Wandb-Signature, ${signatureEncoding}` },
                { value: 'standard', label: 'webhook-signature' },
              ]}
            />
          </Field>
          <p className="text-small text-fg-2">
            {scheme === 'standard'
              ? 'Standard Webhooks 1.0.0: covers id and time too, so that a copy sent again later is refused.'
              : 'HMAC-SHA256 of the exact bytes of the body, made with the webhook’s secret.'}
          </p>
          <CodeTabs
            label="Code for the receiver"
            value={language}
            onChange={setLanguage}
            tabs={LANGUAGES.map((each) => ({ ...each, text: verifierFor(each.value, scheme).trimEnd() }))}
          />
        </section>
        <section className="grid gap-3">
          <h3 className="text-small font-semibold">Check a signature you received</h3>
          <SignatureChecker request={null} />
        </section>
      </div>
    </Sheet>
  );
}
