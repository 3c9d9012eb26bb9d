'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleX, TriangleAlert } from 'lucide-react';
import { toast } from '#components/ui/toast.ts';
import { updateWebhook } from '#lib/client/integrations.ts';
import type { WebhookView } from '#lib/contracts/integrations.ts';
import type { PayloadProblem } from '#lib/domain/check-template.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { useMe } from './wizard-form.ts';

interface PayloadProblemsProps {
  problems: readonly PayloadProblem[];
  webhook: WebhookView | null;
  onShow: (problem: PayloadProblem) => void;
  onReplace: (problem: PayloadProblem, text: string) => void;
  /** The placeholder's name at the problem's place. */
  nameAt: (problem: PayloadProblem) => string;
}

const MOST_LISTED = 6;
const linkClass = 'flex-none rounded-xs underline decoration-dotted underline-offset-3';

/** What is wrong, line by line in words, with the likely fix as a button. */
export function PayloadProblems({ problems, webhook, onShow, onReplace, nameAt }: PayloadProblemsProps) {
  const me = useMe();
  const mayGrant = webhook !== null && roleMay(me.entities.find(({ name }) => name === webhook.team)?.role ?? null, 'integrations:write');
  if (problems.length === 0) return null;
  return (
    <ul aria-label="Problems of the payload" aria-live="polite" className="flex flex-col gap-0.5 text-meta">
      {problems.slice(0, MOST_LISTED).map((problem) => (
        <li key={`${problem.offset}-${problem.code}`} className="flex items-start gap-1.5 text-fg-2">
          {problem.severity === 'error' ? (
            <CircleX aria-label="Error" className="mt-0.5 size-3 flex-none text-danger" />
          ) : (
            <TriangleAlert aria-label="Warning" className="mt-0.5 size-3 flex-none text-warning" />
          )}
          <button type="button" className={`${linkClass} text-fg-3`} onClick={() => onShow(problem)}>
            Line {problem.line}
          </button>
          <span className="min-w-0 wrap-anywhere">
            {problem.message}{' '}
            {problem.replacement && (
              <button type="button" className={`${linkClass} text-accent-text`} onClick={() => onReplace(problem, problem.replacement!)}>
                Use {problem.replacement}
              </button>
            )}
            {problem.code === 'not_granted' && mayGrant && <GrantSecret webhook={webhook} name={nameAt(problem)} />}
          </span>
        </li>
      ))}
      {problems.length > MOST_LISTED && <li className="pl-4.5 text-fg-3">and {problems.length - MOST_LISTED} more</li>}
    </ul>
  );
}

/** Lets the webhook use one more secret in payloads. */
function GrantSecret({ webhook, name }: { webhook: WebhookView; name: string }) {
  const update = useMutation({
    ...updateWebhook(useQueryClient(), webhook.team),
    onError: (error) => void toast.error(error.message),
  });
  return (
    <button
      type="button"
      className={`${linkClass} text-accent-text`}
      disabled={update.isPending}
      onClick={() =>
        update.mutate(
          { id: webhook.id, payloadSecrets: [...webhook.payloadSecrets, name] },
          { onSuccess: () => toast.success(`${webhook.name} may now use ${name}`) },
        )
      }
    >
      Let {webhook.name} use it
    </button>
  );
}
