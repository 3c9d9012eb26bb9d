import { z } from 'zod';
import { EntityName, ForeignApiKey } from '#lib/domain/names.ts';
import { ConfigurationError } from './configuration-error.ts';

/** A first start without a browser; ignored, and logged, once an admin exists. */
export interface FirstStart {
  username: string;
  email: string | undefined;
  password: string;
  apiKey: string | undefined;
  organization: string;
  team: string;
}

const TOGETHER = ['HOOKLINE_ADMIN_USERNAME', 'HOOKLINE_ADMIN_PASSWORD', 'HOOKLINE_ORGANIZATION', 'HOOKLINE_TEAM'] as const;

const Variables = z.object({
  HOOKLINE_ADMIN_USERNAME: EntityName,
  HOOKLINE_ADMIN_PASSWORD: z.string().min(12, 'A password has at least 12 characters.').max(256, 'A password has at most 256 characters.'),
  HOOKLINE_ORGANIZATION: z.string().trim().min(1).max(128, 'The name of an organization has at most 128 characters.'),
  HOOKLINE_TEAM: EntityName,
  HOOKLINE_ADMIN_EMAIL: z.email('This is not an e-mail address.').max(254).optional(),
  HOOKLINE_ADMIN_API_KEY: ForeignApiKey.optional(),
});

export function readFirstStart(given: Record<string, string | undefined>): FirstStart | undefined {
  const named = Object.keys(Variables.shape).filter((name) => given[name] !== undefined);
  if (named.length === 0) return undefined;
  const missing = TOGETHER.find((name) => given[name] === undefined);
  if (missing) throw new ConfigurationError(`${missing} is missing: ${TOGETHER.join(', ')} are given together or not at all.`);
  const parsed = Variables.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError(`${String(issue!.path[0])} cannot be used: ${issue!.message}`);
  }
  return {
    username: parsed.data.HOOKLINE_ADMIN_USERNAME,
    email: parsed.data.HOOKLINE_ADMIN_EMAIL,
    password: parsed.data.HOOKLINE_ADMIN_PASSWORD,
    apiKey: parsed.data.HOOKLINE_ADMIN_API_KEY,
    organization: parsed.data.HOOKLINE_ORGANIZATION,
    team: parsed.data.HOOKLINE_TEAM,
  };
}
