import { betterAuth } from 'better-auth';
import type { Db } from '#lib/store/connect.ts';

const SESSION_SECONDS = 30 * 86_400;
const MOMENTS = { createdAt: 'created_at', updatedAt: 'updated_at' };

export type SignInOptions = { db: Db; secret: string; publicUrl: string };

/**
 * better-auth over our own tables. Nothing of it is mounted: lib/auth calls four of its functions (sign-in, sign-out,
 * session, change of password), so that no path of its own ever answers.
 */
export function createBetterAuth({ db, secret, publicUrl }: SignInOptions) {
  const https = publicUrl.startsWith('https://');
  return betterAuth({
    // "sqlite" on both databases: moments as ISO text and booleans as 0 or 1, so that one migration serves both.
    database: { db, type: 'sqlite', transaction: false },
    baseURL: publicUrl,
    secret,
    trustedOrigins: [publicUrl],
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false }, // ours counts across processes: sign-in-limits.ts
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 256 },
    user: { modelName: 'auth_users', fields: { emailVerified: 'email_verified', ...MOMENTS } },
    session: {
      modelName: 'auth_sessions',
      fields: { userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', ...MOMENTS },
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'auth_accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...MOMENTS,
      },
    },
    verification: { modelName: 'auth_verifications', fields: { expiresAt: 'expires_at', ...MOMENTS } },
    advanced: {
      useSecureCookies: false, // its own prefix would be __Secure-; ours is stricter
      disableCSRFCheck: true, // no path of it is mounted; lib/auth/origin.ts checks ours
      cookies: {
        session_token: { name: sessionCookieName(publicUrl), attributes: { secure: https, httpOnly: true, sameSite: 'lax', path: '/' } },
      },
    },
  });
}

export const sessionCookieName = (publicUrl: string) => (publicUrl.startsWith('https://') ? '__Host-hookline' : 'hookline');
