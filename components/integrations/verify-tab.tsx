'use client';

import { oneOf, useAddress } from '#components/layout/use-address.ts';
import { SignatureChecker } from '#components/settings/signature-checker.tsx';
import { CodeTabs } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import type { WebhookView } from '#lib/contracts/integrations.ts';
import { SIGNATURE_SCHEMES, type SignatureScheme, VERIFIER_LANGUAGES, type VerifierLanguage, verifierFor } from '#lib/domain/verifiers.ts';

const LANGUAGES = {
  bash: { label: 'bash', language: 'bash' },
  python: { label: 'Python', language: 'python' },
  node: { label: 'Node', language: 'javascript' },
  go: { label: 'Go', language: 'go' },
} as const satisfies Record<VerifierLanguage, { label: string; language: string }>;

const EXPLANATIONS: Record<SignatureScheme, string> = {
  base64: 'HMAC-SHA256 of the exact bytes of the body with the webhook’s secret, in base64.',
  hex: 'HMAC-SHA256 of the exact bytes of the body with the webhook’s secret, in lower-case hex.',
  standard: 'Standard Webhooks 1.0.0: HMAC-SHA256 over id, time and body, so that a copy sent again later is refused.',
  ed25519: 'Standard Webhooks 1.0.0 with the webhook’s Ed25519 key: the receiver holds nothing that could sign, only the public key.',
};

/** For whoever runs the receiver: code that checks a delivery, and a checker for one that was received. */
export function VerifyTab({ webhook }: { webhook: WebhookView }) {
  const { signingSecret, signatureEncoding, publicKeys } = webhook;
  const [{ scheme, language }, setChoice] = useAddress({
    scheme: oneOf(SIGNATURE_SCHEMES, signingSecret === null && publicKeys.length > 0 ? 'ed25519' : signatureEncoding),
    language: oneOf(VERIFIER_LANGUAGES, 'python'),
  });
  const [key] = publicKeys;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 pt-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,380px)]">
      <section aria-labelledby="in-your-receiver" className="grid content-start gap-3">
        <h3 id="in-your-receiver" className="text-small font-semibold">
          In your receiver
        </h3>
        <Field group hideLabel label="Header">
          <Segmented
            aria-label="Header"
            value={scheme}
            onChange={(next) => setChoice({ scheme: next })}
            className="max-w-full overflow-x-auto"
            options={[
              { value: signatureEncoding as SignatureScheme, label: `X-Wandb-Signature, ${signatureEncoding}` },
              { value: 'standard', label: 'webhook-signature, v1' },
              { value: 'ed25519', label: 'webhook-signature, v1a' },
            ]}
          />
        </Field>
        <p className="text-small text-fg-2">
          {EXPLANATIONS[scheme]} {notSigned(webhook, scheme)}
        </p>
        {scheme === 'ed25519' && key && (
          <p className="flex items-center gap-2 text-small">
            <span className="flex-none text-fg-2">Public key</span>
            <code className="min-w-0 truncate font-mono text-[12px]" title={key.publicKey}>
              {key.publicKey}
            </code>
            <CopyButton text={key.publicKey} label="Copy public key" icon />
          </p>
        )}
        <CodeTabs
          label="Code for the receiver"
          value={language}
          onChange={(next) => setChoice({ language: next as VerifierLanguage })}
          tabs={VERIFIER_LANGUAGES.map((value) => ({ value, ...LANGUAGES[value], text: verifierFor(value, scheme).trimEnd() }))}
        />
      </section>
      <Panel title="Check a signature you received" className="self-start">
        <SignatureChecker request={null} />
      </Panel>
    </div>
  );
}

function notSigned({ name, signingSecret, publicKeys }: WebhookView, scheme: SignatureScheme): string {
  if (scheme === 'ed25519') return publicKeys.length > 0 ? '' : `${name} has no key yet: an admin switches it on in its settings.`;
  return signingSecret === null
    ? `${name} has no secret yet: an admin chooses one in its settings.`
    : `${name} signs with ${signingSecret}.`;
}
