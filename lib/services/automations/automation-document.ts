import type { Action, ActionDocument, Automation, AutomationDocument } from '#lib/domain/automation.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Scope, ScopeDocument } from '#lib/domain/scope.ts';

/** The names that an automation's ids stand for; a thing that is gone reads as the name it had, or as "(deleted)". */
export type AutomationNames = {
  entity: (id: number) => string;
  /** As the client names it. */
  project: (id: number) => string;
  registry: (entityId: number, projectId: number) => string;
  collection: (id: number) => string;
  target: (targetId: number) => string;
};

/** A stored automation as its document: what a caller sends back unchanged changes nothing. */
export function toAutomationDocument(automation: Automation, names: AutomationNames): AutomationDocument {
  const { action } = automation;
  return {
    name: automation.name,
    ...(automation.description && { description: automation.description }),
    enabled: automation.enabled,
    scope: toScopeDocument(automation.scope, names),
    on: automation.on,
    filter: automation.filter,
    action: toActionDocument(action, names),
    ...(action.kind !== 'nothing' && { team: names.entity(action.target.entityId) }),
    cooldownSeconds: automation.cooldownSeconds,
    maxFiringsPerMinute: automation.maxFiringsPerMinute,
    retry: automation.retry,
  };
}

export function toScopeDocument(scope: Scope, names: AutomationNames): ScopeDocument {
  switch (scope.kind) {
    case 'team':
      return { team: names.entity(scope.entityId) };
    case 'organization':
      return { organization: names.entity(scope.entityId) };
    case 'project':
      return { project: `${names.entity(scope.entityId)}/${names.project(scope.projectId)}` };
    case 'collection':
      return {
        collection: `${names.entity(scope.entityId)}/${names.project(scope.projectId)}/${names.collection(scope.collectionId)}`,
      };
    case 'registry':
      return { registry: names.registry(scope.entityId, scope.projectId) };
    case 'registryCollection':
      return { registryCollection: `${names.registry(scope.entityId, scope.projectId)}/${names.collection(scope.collectionId)}` };
  }
}

export function toActionDocument(action: Action, names: Pick<AutomationNames, 'target'>): ActionDocument {
  switch (action.kind) {
    case 'nothing':
      return { nothing: true };
    case 'webhook': {
      const payload = payloadOf(action);
      return { webhook: names.target(action.target.targetId), ...(payload !== undefined && { payload }) };
    }
    case 'slack':
      return {
        slack: names.target(action.target.targetId),
        ...(action.title && { title: action.title }),
        ...(action.text && { text: action.text }),
        severity: action.severity,
      };
  }
}

/** The payload as it was sent: a JSON value, or the template's text. */
function payloadOf(action: Extract<Action, { kind: 'webhook' }>): JsonValue | undefined {
  if (action.template === null) return undefined;
  return action.templateForm === 'json' ? (JSON.parse(action.template) as JsonValue) : action.template;
}

/** How a payload is stored: as text, with the form it came in. */
export function toTemplate(payload: JsonValue | undefined): Pick<Extract<Action, { kind: 'webhook' }>, 'template' | 'templateForm'> {
  if (payload === undefined) return { template: null, templateForm: 'json' };
  return typeof payload === 'string'
    ? { template: payload, templateForm: 'text' }
    : { template: JSON.stringify(payload, null, 2), templateForm: 'json' };
}
