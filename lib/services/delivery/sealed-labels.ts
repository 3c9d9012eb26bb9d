/** Under which label lib/secrets seals each value: one that is moved to another place cannot be opened there. */
export const targetUrlLabel = (targetId: number) => `target:${targetId}:url`;
/** One label for the key and the old one, which change places when it is replaced. */
export const signingKeyLabel = (targetId: number) => `target:${targetId}:signing-key`;
/** One label for the value and the old value, which change places when a secret is replaced. */
export const secretLabel = (secretId: number) => `secret:${secretId}`;
