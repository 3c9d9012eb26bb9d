import type { TargetRef } from '#lib/domain/automation.ts';
import type { DeliveryError } from '#lib/domain/delivery-outcome.ts';
import type { Db } from '#lib/store/connect.ts';
import { findSealedSecrets, findSealedTarget, type SealedSecret, type SealedTarget } from '#lib/store/sealed-targets.ts';
import type { Platform } from '../context.ts';
import { secretLabel, signingKeyLabel, targetUrlLabel } from './sealed-labels.ts';

/** A secret's live values: while two are live, `signing` is the old one. */
export type OpenedSecret = { current: string; signing: string; live: string[] };

/** An integration with its address and secrets as they are right now, for one attempt. */
export type OpenTarget =
  | {
      kind: 'webhook';
      target: SealedTarget;
      url: string;
      accessToken: string | null;
      signing: OpenedSecret | null;
      /** Private Ed25519 keys, the newest first. */
      keys: string[];
      payloadSecrets: ReadonlyMap<string, string>;
    }
  | { kind: 'slack'; target: SealedTarget; url: string | null; botToken: string | null };

export type OpenedTarget = { kind: 'open'; open: OpenTarget; secretNames: string[] } | { kind: 'refused'; error: DeliveryError };

type Parts = Pick<Platform, 'vault' | 'now'> & { db: Db };

export async function openTarget(parts: Parts, ref: TargetRef): Promise<OpenedTarget> {
  const target = await findSealedTarget(parts.db, ref.entityId, ref.targetId, parts.now());
  if (!target) return refused('integration_gone', 'The integration was deleted.', 'Edit the automation and choose another one.');
  if (!target.enabled) {
    return refused('integration_gone', `${target.name} is disabled.`, 'Enable it in Team settings, then replay.');
  }
  const { accessTokenSecret, signingSecret, botTokenSecret, payloadSecrets } = target;
  const names = [accessTokenSecret, signingSecret, botTokenSecret, ...payloadSecrets].filter((name): name is string => name !== null);
  const secrets = await openSecrets(parts, target.entityId, names);
  const missing = names.find((name) => !secrets.has(name));
  if (missing !== undefined) {
    return refused('secret_gone', `The secret ${missing}, which ${target.name} uses, was deleted.`, 'Set it again in Team settings.');
  }
  return { kind: 'open', open: await assemble(parts, target, secrets), secretNames: names };
}

/** The values of an entity's secrets by name; a name that there is none of is left out. */
export async function openSecrets(parts: Parts, entityId: number, names: readonly string[]): Promise<Map<string, OpenedSecret>> {
  const secrets = new Map<string, OpenedSecret>();
  for (const [name, secret] of await findSealedSecrets(parts.db, entityId, names)) {
    secrets.set(name, await openSecret(parts, entityId, secret));
  }
  return secrets;
}

async function assemble(parts: Parts, target: SealedTarget, secrets: ReadonlyMap<string, OpenedSecret>): Promise<OpenTarget> {
  const url = target.sealedUrl === null ? null : await openUrl(parts, target, target.sealedUrl);
  const secret = (name: string | null) => (name === null ? null : secrets.get(name)!);
  if (target.kind === 'slack') return { kind: 'slack', target, url, botToken: secret(target.botTokenSecret)?.current ?? null };
  return {
    kind: 'webhook',
    target,
    url: url ?? '',
    accessToken: secret(target.accessTokenSecret)?.current ?? null,
    signing: secret(target.signingSecret),
    keys: await openKeys(parts, target, target.sealedKeys),
    payloadSecrets: new Map(target.payloadSecrets.map((name) => [name, secrets.get(name)!.current])),
  };
}

export const openUrl = ({ vault, db }: Parts, { entityId, id }: Pick<SealedTarget, 'entityId' | 'id'>, sealedUrl: string) =>
  vault.open(db, entityId, targetUrlLabel(id), sealedUrl);

export const openKeys = ({ vault, db }: Parts, { entityId, id }: Pick<SealedTarget, 'entityId' | 'id'>, sealed: readonly string[]) =>
  Promise.all(sealed.map((key) => vault.open(db, entityId, signingKeyLabel(id), key)));

/** What a delivery is signed with: the secret's live values, then the live keys. */
export function signingOf({ signing, keys, target }: Pick<Extract<OpenTarget, { kind: 'webhook' }>, 'signing' | 'keys' | 'target'>) {
  if (!signing && keys.length === 0) return null;
  return { wandb: signing?.signing ?? null, live: [...(signing?.live ?? []), ...keys], encoding: target.signatureEncoding };
}

async function openSecret({ vault, db, now }: Parts, entityId: number, secret: SealedSecret): Promise<OpenedSecret> {
  const current = await vault.open(db, entityId, secretLabel(secret.id), secret.value);
  const overlaps = secret.oldValue !== null && secret.overlapEndsAt !== null && secret.overlapEndsAt > now();
  if (!overlaps) return { current, signing: current, live: [current] };
  const old = await vault.open(db, entityId, secretLabel(secret.id), secret.oldValue!);
  return { current, signing: old, live: [current, old] };
}

const refused = (code: DeliveryError['code'], message: string, hint: string): OpenedTarget => ({
  kind: 'refused',
  error: { code, message, hint },
});
