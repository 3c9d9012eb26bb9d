import type { Runtime } from '#lib/runtime/create-runtime.ts';
import { newId } from '#lib/runtime/ids.ts';
import { isSetUp } from '#lib/services/accounts/set-up.ts';
import { setUpWithoutBrowser } from '#lib/services/accounts/set-up-without-browser.ts';

/** Sets an empty instance up from the environment; without that, answers the link at which somebody may. */
export async function firstStart({ env, log, platform }: Runtime): Promise<string | null> {
  if (await isSetUp(platform)) {
    if (env.firstStart) log.info('HOOKLINE_ADMIN_*, HOOKLINE_ORGANIZATION and HOOKLINE_TEAM are ignored: there is an admin already');
    return null;
  }
  if (!env.firstStart) return `${env.publicUrl}/setup?token=${platform.setup.token}`;
  const ctx = { ...platform, actor: { kind: 'system' }, requestId: newId('req'), address: null, directLoopback: false } as const;
  const { organization, team } = await setUpWithoutBrowser(ctx, env.firstStart);
  log.info({ admin: env.firstStart.username, organization, team }, 'set up from the environment');
  return null;
}
