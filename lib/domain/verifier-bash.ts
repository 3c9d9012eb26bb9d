import type { SignatureScheme } from './verifiers.ts';

/** openssl does the work; the function's answer is its exit status. */
export function bashVerifier(scheme: SignatureScheme): string {
  if (scheme === 'ed25519') return ED25519;
  return scheme === 'standard' ? STANDARD : wandb(scheme);
}

/** Digests are compared under a key of the moment: how long it takes tells nothing about them. */
const SAME = `same() {
  local key
  key=$(openssl rand -hex 32)
  [ "$(printf '%s' "$1" | openssl dgst -sha256 -hmac "$key")" = "$(printf '%s' "$2" | openssl dgst -sha256 -hmac "$key")" ]
}
`;

const HEX = `hex() { od -An -v -tx1 | tr -d ' \\n'; }
`;

const TIMELY = `  # At most five minutes old or ahead: a copy sent again later is refused.
  case $timestamp in '' | *[!0-9]* | ????????????*) return 1 ;; esac
  local age=$(($(date +%s) - 10#$timestamp))
  [ "\${age#-}" -le 300 ] || return 1
`;

const wandb = (encoding: 'base64' | 'hex') => `#!/bin/bash
# verify BODY_FILE SIGNATURE SECRET
# The file holds the body's bytes as received; the signature is the header X-Wandb-Signature.
verify() {
  local body=$1 signature=$2 secret=$3 expected
  expected=$(openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(printf '%s' "$secret" | hex)" -binary <"$body" | ${encoding === 'base64' ? 'base64' : 'hex'})
  same "$expected" "$signature"
}

${HEX}
${SAME}`;

const STANDARD = `#!/bin/bash
# verify BODY_FILE WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE SECRET
# The file holds the body's bytes as received; the rest are the headers of these names.
verify() {
  local body=$1 id=$2 timestamp=$3 signatures=$4 secret=$5 key expected candidate
${TIMELY}
  case $secret in
    whsec_*) key=$(printf '%s==' "\${secret#whsec_}" | base64 -d 2>/dev/null | hex) ;; # also without padding
    *) key=$(printf '%s' "$secret" | hex) ;;
  esac
  expected=v1,$({ printf '%s.%s.' "$id" "$timestamp" && cat "$body"; } |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
  for candidate in $signatures; do
    if same "$expected" "$candidate"; then return 0; fi
  done
  return 1
}

${HEX}
${SAME}`;

const ED25519 = `#!/bin/bash
# verify BODY_FILE WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE PUBLIC_KEY
# The file holds the body's bytes as received; the public key is the webhook's whpk_…. Needs OpenSSL 3.
verify() (
  body=$1 id=$2 timestamp=$3 signatures=$4 key=$5
  timely "$timestamp" || return 1
  folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
  { printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00' && printf '%s' "\${key#whpk_}" | base64 -d; } >"$folder/key"
  { printf '%s.%s.' "$id" "$timestamp" && cat "$body"; } >"$folder/message"
  for candidate in $signatures; do
    case $candidate in v1a,*) ;; *) continue ;; esac
    printf '%s' "\${candidate#v1a,}" | base64 -d >"$folder/signature" 2>/dev/null
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$folder/key" -rawin -in "$folder/message" \\
      -sigfile "$folder/signature" >/dev/null 2>&1 && return 0
  done
  return 1
)

timely() {
  local timestamp=$1
${TIMELY}}
`;
