import { bashVerifier } from './verifier-bash.ts';
import { goVerifier } from './verifier-go.ts';
import { nodeVerifier } from './verifier-node.ts';
import { pythonVerifier } from './verifier-python.ts';

/**
 * What a receiver checks: X-Wandb-Signature in one of its encodings, or webhook-signature with the secret (v1) or with the
 * webhook's public key (v1a).
 */
export const SIGNATURE_SCHEMES = ['base64', 'hex', 'standard', 'ed25519'] as const;
export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number];

const VERIFIERS = { bash: bashVerifier, python: pythonVerifier, node: nodeVerifier, go: goVerifier } as const;
export type VerifierLanguage = keyof typeof VERIFIERS;
export const VERIFIER_LANGUAGES = Object.keys(VERIFIERS) as VerifierLanguage[];

/** Code for the receiver's side: a function that says whether a delivery came from here. Each is run against deliveries in the tests. */
export const verifierFor = (language: VerifierLanguage, scheme: SignatureScheme): string => VERIFIERS[language](scheme);
