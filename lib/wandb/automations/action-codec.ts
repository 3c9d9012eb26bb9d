import type { Action, ActionDocument, Severity } from '#lib/domain/automation.ts';
import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { jsonEquals } from '#lib/domain/json-equals.ts';
import { invalid } from '#lib/errors.ts';

/** The client reads a payload only as a JSON object; any other template travels as text under this key. */
const TEMPLATE_KEY = '__template__';

export type ActionInput = {
  type: string;
  config: {
    notificationActionInput?: { integrationID: string; title?: string | null; message?: string | null; severity?: string | null } | null;
    genericWebhookActionInput?: { integrationID: string; requestPayload?: string | null } | null;
    noOpActionInput?: { noOp?: boolean | null } | null;
  };
};

/** An action as the client sends it; the integration is still an id. */
export type DecodedAction =
  | { kind: 'nothing' }
  | { kind: 'webhook'; integrationId: string; payload: JsonValue | undefined }
  | { kind: 'slack'; integrationId: string; title: string; text: string; severity: Severity };

/** Throws `invalid` for what cannot be read, or is an action that Hookline has not. */
export function decodeAction({ type, config }: ActionInput): DecodedAction {
  const [only, ...more] = Object.values(config).filter((part) => part != null);
  if (!only || more.length > 0) throw invalid('triggeredActionConfig: give exactly one action.');
  const { notificationActionInput: slack, genericWebhookActionInput: webhook, noOpActionInput: nothing } = config;
  if (type === 'NO_OP' && nothing) return { kind: 'nothing' };
  if (type === 'GENERIC_WEBHOOK' && webhook) {
    return { kind: 'webhook', integrationId: webhook.integrationID, payload: decodePayload(webhook.requestPayload ?? null) };
  }
  if (type === 'NOTIFICATION' && slack) {
    const severity = (slack.severity ?? 'INFO').toLowerCase() as Severity;
    return { kind: 'slack', integrationId: slack.integrationID, title: slack.title ?? '', text: slack.message ?? '', severity };
  }
  throw invalid(`triggeredActionType ${type} does not go with this triggeredActionConfig, or there is no such action here.`);
}

export const toActionDocument = (action: DecodedAction, integration: string): ActionDocument => {
  if (action.kind === 'nothing') return { nothing: true };
  if (action.kind === 'webhook') return { webhook: integration, ...(action.payload !== undefined && { payload: action.payload }) };
  return { slack: integration, title: action.title, text: action.text, severity: action.severity };
};

function decodePayload(text: string | null): JsonValue | undefined {
  if (text === null) return undefined;
  const payload = parsed(text);
  if (!isJsonObject(payload)) throw invalid('requestPayload must hold a JSON object.');
  return Object.keys(payload).length === 1 && typeof payload[TEMPLATE_KEY] === 'string' ? payload[TEMPLATE_KEY] : payload;
}

/** A saved webhook's payload as the client reads it. */
export function encodePayload(template: string | null): string | null {
  if (template === null) return null;
  const payload = parsed(template);
  return JSON.stringify(isJsonObject(payload) ? payload : ({ [TEMPLATE_KEY]: template } satisfies JsonObject));
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined; // a template need not be JSON before its placeholders are filled
  }
}

/** Whether an action that the client sends is the stored one as it was shown: then nothing about it changes. */
export function isShownAction(sent: DecodedAction, stored: Action, integrationIdOf: (targetId: number) => string): boolean {
  if (sent.kind === 'nothing' || stored.kind === 'nothing') return sent.kind === stored.kind;
  if (sent.kind !== stored.kind || sent.integrationId !== integrationIdOf(stored.target.targetId)) return false;
  if (sent.kind === 'slack' && stored.kind === 'slack') {
    return sent.title === stored.title && sent.text === stored.text && sent.severity === stored.severity;
  }
  if (sent.kind !== 'webhook' || stored.kind !== 'webhook') return false;
  const shown = decodePayload(encodePayload(stored.template));
  if (sent.payload === undefined || shown === undefined) return sent.payload === shown;
  return jsonEquals(sent.payload, shown);
}
