import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed URL allows: one method on one object, up to a size, until a moment. */
export type FileClaim = { method: 'GET' | 'PUT'; object: string; maxBytes: number; until: number };

export type UrlSigner = {
  /** An absolute URL that needs no key. The file's name at its end is for people; it is not looked at. */
  sign(claim: FileClaim, name: string): string;
  /** The claim that a token carries; null when it was altered or its time is over. */
  read(token: string, nowMs: number): FileClaim | null;
};

/** `keys`: the current one signs, those before it still open. */
export function createUrlSigner(publicUrl: string, keys: readonly [Buffer, ...Buffer[]]): UrlSigner {
  const macOf = (key: Buffer, body: string) => createHmac('sha256', key).update(body).digest();
  return {
    sign({ method, object, maxBytes, until }, name) {
      const body = Buffer.from(JSON.stringify([method, object, maxBytes, until])).toString('base64url');
      return `${publicUrl}/storage/${body}.${macOf(keys[0], body).toString('base64url')}/${name.split('/').map(encodeURIComponent).join('/')}`;
    },
    read(token, nowMs) {
      const [body = '', mac = ''] = token.split('.');
      const given = Buffer.from(mac, 'base64url');
      const isOurs = keys.some((key) => {
        const own = macOf(key, body);
        return own.length === given.length && timingSafeEqual(own, given);
      });
      if (!isOurs) return null;
      const [method, object, maxBytes, until] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
        FileClaim['method'],
        string,
        number,
        number,
      ];
      return until > nowMs ? { method, object, maxBytes, until } : null;
    },
  };
}
