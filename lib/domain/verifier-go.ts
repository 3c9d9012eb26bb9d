import type { SignatureScheme } from './verifiers.ts';

export function goVerifier(scheme: SignatureScheme): string {
  if (scheme === 'ed25519') return ED25519;
  return scheme === 'standard' ? STANDARD : wandb(scheme);
}

const wandb = (encoding: 'base64' | 'hex') => `package hookline

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

const STANDARD = `package hookline

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
		if key, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(encoded, "=")); err != nil {
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

const ED25519 = `package hookline

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const tolerance = 5 * time.Minute

// Verify takes the bytes as received, the request's headers and the webhook's public key, whpk_….
func Verify(body []byte, headers http.Header, publicKey string) bool {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(publicKey, "whpk_"))
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false
	}
	signed := append([]byte(id+"."+timestamp+"."), body...)
	for _, candidate := range strings.Split(headers.Get("webhook-signature"), " ") {
		encoded, ok := strings.CutPrefix(candidate, "v1a,")
		if !ok {
			continue
		}
		if signature, err := base64.StdEncoding.DecodeString(encoded); err == nil && ed25519.Verify(key, signed, signature) {
			return true
		}
	}
	return false
}
`;
