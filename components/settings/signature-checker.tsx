'use client';

import { ChevronRight, CircleCheck, CircleX, Fingerprint } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { RequestView } from '#lib/contracts/integrations.ts';
import { SIGNATURE_HEADERS } from '#lib/domain/signature-message.ts';
import { checkSignature, isStandardHeader, type SignatureInput, type SignatureVerdict } from './check-signature.ts';

/** The checker as the last row of the test panel, closed until it is wanted. */
export function FoldedSignatureChecker({ request }: { request: RequestView | null }) {
  return (
    <details className="group rounded-control border border-line">
      <summary className="flex cursor-default list-none items-center gap-2.5 rounded-control px-3 py-2 text-small hover:bg-hover">
        <Fingerprint className="text-fg-2" />
        <span className="min-w-0 flex-1">
          <span className="font-medium">Check a signature</span> <span className="text-fg-2">Paste a body, a secret and a header</span>
        </span>
        <ChevronRight className="text-fg-3 transition-transform duration-fast group-open:rotate-90" />
      </summary>
      <div className="border-t border-line p-3">
        <SignatureChecker request={request} />
      </div>
    </details>
  );
}

/** Ed25519 is younger than the rest of what browsers compute. */
const NOT_HERE = { matches: false, text: 'This browser cannot check such a signature. Use the code for receivers.' };
const EMPTY: SignatureInput = { body: '', secret: '', header: '', id: '', timestamp: '' };

/** Does it match? Computed in this browser: what is pasted here is sent nowhere. */
export function SignatureChecker({ request }: { request: RequestView | null }) {
  const [input, setInput] = useState(EMPTY);
  const [verdict, setVerdict] = useState<SignatureVerdict | null>(null);
  const set = (part: Partial<SignatureInput>) => setInput((before) => ({ ...before, ...part }));
  const complete = input.body !== '' && input.secret !== '' && input.header.trim() !== '';
  const possible = typeof crypto !== 'undefined' && crypto.subtle !== undefined;

  useEffect(() => {
    if (!complete || !possible) return setVerdict(null);
    let current = true;
    void checkSignature(input)
      .catch(() => NOT_HERE)
      .then((next) => current && setVerdict(next));
    return () => {
      current = false;
    };
  }, [input, complete, possible]);

  if (!possible) {
    return (
      <p className="text-small text-fg-2">
        Browsers compute signatures on https pages and localhost only. Open Hookline there, or use the code for receivers.
      </p>
    );
  }
  const usable = request && !request.body.includes('•') ? request : null;
  return (
    <div className="grid gap-3">
      <Field
        label="Body"
        hint="The exact bytes as received."
        end={
          usable && (
            <Button size="sm" variant="ghost" className="-mr-2" onClick={() => set(fromRequest(usable))}>
              Use the last test
            </Button>
          )
        }
      >
        <Textarea mono rows={3} spellCheck={false} value={input.body} onChange={(event) => set({ body: event.target.value })} />
      </Field>
      <Field label="Secret" hint="Or the public key (whpk_…), for a v1a signature.">
        <SecretInput autoComplete="off" value={input.secret} onChange={(event) => set({ secret: event.target.value })} />
      </Field>
      <Field label="Signature header" hint="X-Wandb-Signature in base64 or hex, or webhook-signature.">
        <Input mono autoComplete="off" spellCheck={false} value={input.header} onChange={(event) => set({ header: event.target.value })} />
      </Field>
      {isStandardHeader(input.header) && (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="webhook-id">
            <Input mono spellCheck={false} value={input.id} onChange={(event) => set({ id: event.target.value })} />
          </Field>
          <Field label="webhook-timestamp">
            <Input mono inputMode="numeric" value={input.timestamp} onChange={(event) => set({ timestamp: event.target.value })} />
          </Field>
        </div>
      )}
      <p role="status" className="flex min-h-5 items-start gap-1.5 text-small">
        {verdict ? (
          <>
            {verdict.matches ? (
              <CircleCheck className="mt-0.5 flex-none text-success" />
            ) : (
              <CircleX className="mt-0.5 flex-none text-danger" />
            )}
            <span className={verdict.matches ? 'text-success-text' : 'text-danger-text'}>{verdict.text}</span>
          </>
        ) : (
          <span className="text-fg-3">Computed in this browser; nothing of it is sent.</span>
        )}
      </p>
    </div>
  );
}

function fromRequest({ body, headers }: RequestView): Partial<SignatureInput> {
  const value = (name: string) => headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? '';
  return {
    body,
    header: value(SIGNATURE_HEADERS.wandb),
    id: value(SIGNATURE_HEADERS.id),
    timestamp: value(SIGNATURE_HEADERS.timestamp),
  };
}
