import type { SignatureScheme } from './verifiers.ts';

export function pythonVerifier(scheme: SignatureScheme): string {
  if (scheme === 'ed25519') return ED25519;
  return scheme === 'standard' ? STANDARD : wandb(scheme);
}

const wandb = (encoding: 'base64' | 'hex') => `import ${encoding === 'base64' ? 'base64\nimport ' : ''}hashlib
import hmac


def verify(body: bytes, signature: str, secret: str) -> bool:
    """body: the bytes as received; signature: the header X-Wandb-Signature."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    expected = ${encoding === 'base64' ? 'base64.b64encode(digest).decode()' : 'digest.hex()'}
    return hmac.compare_digest(expected.encode(), signature.encode())
`;

const STANDARD = `import base64
import hashlib
import hmac
import time

TOLERANCE_SECONDS = 300


def verify(body: bytes, headers: dict[str, str], secret: str) -> bool:
    """body: the bytes as received; headers with lower-case names."""
    webhook_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret[6:] + "==") if secret.startswith("whsec_") else secret.encode()
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(
        hmac.compare_digest(expected.encode(), candidate.encode())
        for candidate in headers["webhook-signature"].split(" ")
    )
`;

const ED25519 = `import base64
import binascii
import time

from cryptography.exceptions import InvalidSignature  # pip install cryptography
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TOLERANCE_SECONDS = 300


def verify(body: bytes, headers: dict[str, str], public_key: str) -> bool:
    """body: the bytes as received; headers with lower-case names; public_key: the webhook's whpk_…"""
    webhook_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key.removeprefix("whpk_")))
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    for candidate in headers["webhook-signature"].split(" "):
        version, _, signature = candidate.partition(",")
        if version != "v1a":
            continue
        try:
            key.verify(base64.b64decode(signature), signed)
            return True
        except (InvalidSignature, binascii.Error):
            continue
    return False
`;
