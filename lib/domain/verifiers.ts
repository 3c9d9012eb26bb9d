/** How a delivery is signed: X-Wandb-Signature in one of its encodings, or Standard Webhooks' headers. */
export type SignatureScheme = 'base64' | 'hex' | 'standard';
export type VerifierLanguage = 'python' | 'node' | 'go';

/** Code for the receiver's side: a function that says whether a delivery came from here. */
export function verifierFor(language: VerifierLanguage, scheme: SignatureScheme): string {
  return VERIFIERS[language](scheme);
}

const VERIFIERS: Record<VerifierLanguage, (scheme: SignatureScheme) => string> = {
  python: (scheme) => (scheme === 'standard' ? PYTHON_STANDARD : pythonVerifier(scheme)),
  node: (scheme) => (scheme === 'standard' ? NODE_STANDARD : nodeVerifier(scheme)),
  go: (scheme) => (scheme === 'standard' ? GO_STANDARD : goVerifier(scheme)),
};

const pythonVerifier = (encoding: 'base64' | 'hex') => `import ${encoding === 'base64' ? 'base64\nimport ' : ''}hashlib
import hmac


def verify(body: bytes, signature: str, secret: str) -> bool:
    """body: the bytes as received; signature: the header X-Wandb-Signature."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    expected = ${encoding === 'base64' ? 'base64.b64encode(digest).decode()' : 'digest.hex()'}
    return hmac.compare_digest(expected.encode(), signature.encode())
`;

const PYTHON_STANDARD = `import base64
import hashlib
import hmac
import time

TOLERANCE_SECONDS = 300


def verify(body: bytes, headers: dict[str, str], secret: str) -> bool:
    """body: the bytes as received; headers with lower-case names."""
    webhook_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(
        hmac.compare_digest(expected.encode(), candidate.encode())
        for candidate in headers["webhook-signature"].split(" ")
    )
`;

const nodeVerifier = (encoding: 'base64' | 'hex') => `import { createHmac, timingSafeEqual } from 'node:crypto';

/** body: the bytes as received; signature: the header x-wandb-signature. */
export function verify(body, signature, secret) {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('${encoding}'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`;

const NODE_STANDARD = `import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** body: the bytes as received; headers with lower-case names, as node:http gives them. */
export function verify(body, headers, secret) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  const expected = Buffer.from('v1,' + createHmac('sha256', key).update(id + '.' + timestamp + '.').update(body).digest('base64'));
  return headers['webhook-signature'].split(' ').some((candidate) => {
    const given = Buffer.from(candidate);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`;

const goVerifier = (encoding: 'base64' | 'hex') => `package hookline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/${encoding}"
)

// Verify takes the bytes as received and the header X-Wandb-Signature.
func Verify(body []byte, signature, secret string) bool {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	expected := ${encoding === 'base64' ? 'base64.StdEncoding' : 'hex'}.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(signature), []byte(expected))
}
`;

const GO_STANDARD = `package hookline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const tolerance = 5 * time.Minute

// Verify takes the bytes as received and the request's headers.
func Verify(body []byte, headers http.Header, secret string) bool {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	key := []byte(secret)
	if encoded, ok := strings.CutPrefix(secret, "whsec_"); ok {
		if key, err = base64.StdEncoding.DecodeString(encoded); err != nil {
			return false
		}
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	for _, candidate := range strings.Split(headers.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(candidate), expected) {
			return true
		}
	}
	return false
}
`;
