import { notFound } from '#lib/errors.ts';

/** What the client may know by number; `Project:17` in base64 is what it holds. */
export type NodeType =
  | 'User'
  | 'Organization'
  | 'Entity'
  | 'Project'
  | 'ProjectInternalId'
  | 'Run'
  | 'ArtifactCollection'
  | 'ArtifactCollectionMembership'
  | 'ArtifactType'
  | 'ArtifactAlias'
  | 'ArtifactManifest'
  | 'Artifact'
  | 'Tag'
  | 'File'
  | 'Trigger'
  | 'TriggerExecution'
  | 'Integration'
  | 'ApiKey'
  | 'Invite';

export const nodeId = (type: NodeType, id: number | string): string => Buffer.from(`${type}:${id}`).toString('base64');

/** The number behind an id of this type; null for anything else, so that a wrong id reads as not found. */
export function parseNodeId(type: NodeType, id: string): number | null {
  const [name, number = ''] = Buffer.from(id, 'base64').toString('utf8').split(':');
  return name === type && /^[1-9]\d{0,15}$/.test(number) ? Number(number) : null;
}

/** The same, where what is not there is a refusal. */
export function requireNodeId(type: NodeType, id: string): number {
  const number = parseNodeId(type, id);
  if (number === null) throw notFound(`What has the id "${id}"`);
  return number;
}
