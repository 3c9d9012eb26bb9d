import type { Version } from '#lib/domain/artifact.ts';
import type { CollectionPlace, MembershipPlace } from '#lib/services/artifacts/find-artifact.ts';
import type { ProjectPlace } from '#lib/services/places/find-place.ts';
import { nodeId } from './node-ids.ts';

/** What the resolvers of artifacts hand to each other; GraphQL reads the type's name off it. */
export type CollectionNode = CollectionPlace & { __typename: 'ArtifactSequence' | 'ArtifactPortfolio' };
export type ArtifactNode = { __typename: 'Artifact'; version: Version };
export type MembershipNode = MembershipPlace & { __typename: 'ArtifactCollectionMembership' };
export type TypeNode = { at: ProjectPlace; name: string; createdAt: number };

export const toCollectionNode = (place: CollectionPlace): CollectionNode => ({
  at: place.at,
  collection: place.collection,
  __typename: place.collection.kind === 'sequence' ? 'ArtifactSequence' : 'ArtifactPortfolio',
});

export const toArtifactNode = (version: Version): ArtifactNode => ({ __typename: 'Artifact', version });

export const toMembershipNode = (place: MembershipPlace): MembershipNode => ({ ...place, __typename: 'ArtifactCollectionMembership' });

export const toTag = (owner: string) => (name: string) => ({ id: nodeId('Tag', `${owner}:${name}`), name });

export const toAlias = (place: CollectionPlace) => (alias: string) => ({
  id: nodeId('ArtifactAlias', `${place.collection.id}:${alias}`),
  alias,
  artifactCollection: toCollectionNode(place),
});
