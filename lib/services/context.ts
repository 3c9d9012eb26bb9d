import type { Accounts } from '#lib/auth/accounts.ts';
import type { Egress } from '#lib/delivery/egress.ts';
import type { Entity } from '#lib/domain/entity.ts';
import type { Actor, Role } from '#lib/domain/permissions.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { FileStore } from '#lib/files/file-store.ts';
import type { UrlSigner } from '#lib/files/signed-urls.ts';
import type { Vault } from '#lib/secrets/vault.ts';
import type { Db } from '#lib/store/connect.ts';
import type { LongReads } from './long-reads.ts';

/** What every use case needs of the process it runs in; made once, at the start. */
export interface Platform {
  db: Db;
  /** For reads that must not wait behind a writer's transaction. */
  reader: Db;
  /** Epoch milliseconds. */
  now: () => number;
  /** `exe_…`, sorting by time. */
  newId: (prefix: 'evt' | 'exe' | 'att' | 'tst' | 'aud' | 'ntc' | 'rpl') => string;
  /** Without a slash at its end; every absolute link begins with it. */
  publicUrl: string;
  version: string;
  vault: Vault<Db>;
  accounts: Accounts;
  /** The one way out to addresses that users give. */
  egress: Egress;
  /** Takes events and delivers what they cause. */
  engine: Engine;
  /** Backtests and other reads that may take seconds. */
  longReads: LongReads;
  files: Files;
  setup: FirstSetup;
  /** Hosts of the last hour under which requests came, other than the public URL's. */
  foreignHosts: () => string[];
}

/** Where files of runs and artifacts lie, and the URLs by which they come and go. */
export interface Files {
  store: FileStore;
  urls: UrlSigner;
  maxBytes: number;
}

/** How the first setup is guarded: by the printed token; while no public URL is set, this machine needs none. */
export interface FirstSetup {
  token: string;
  openToLoopback: boolean;
}

/** Who asks for what, and from where: the first argument of every use case. */
export interface Context extends Platform {
  actor: Actor;
  requestId: string | null;
  /** The caller's address, for the audit log and for limits. */
  address: string | null;
  /** The peer is this machine, with no proxy in between that would make every visitor one. */
  directLoopback: boolean;
}

/** A context whose permission in one entity was checked. */
export interface EntityContext extends Context {
  entity: Guarded;
  role: Role | null;
}

/**
 * What a right is asked for: an entity, or one of its registries (which may give roles of its own). `notFoundAs` is what
 * reads as not found to those who do not see it: what they asked for by id, so that no answer tells whose it is.
 */
export type Guarded = Entity & { registryId?: number; notFoundAs?: string };
