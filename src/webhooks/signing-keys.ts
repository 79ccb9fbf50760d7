import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'

/** How calls are signed: with a secret that both sides have, or with a key that only this side has. */
export type SigningKind = 'hmac' | 'ed25519'

const secretPrefix = 'whsec_'
const privatePrefix = 'whsk_'
const publicPrefix = 'whpk_'

/** Standard Webhooks: between 24 and 64 bytes. */
const secretBytes = 32

/** A new secret of Standard Webhooks: `whsec_` or `whsk_` and the bytes in base64. */
export function mintSecret(kind: SigningKind): string {
  if (kind === 'hmac') return secretPrefix + randomBytes(secretBytes).toString('base64')
  const { d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return privatePrefix + Buffer.from(d, 'base64url').toString('base64')
}

/** Whether a text is a secret that HMAC signatures can be made with: `whsec_`, 24 to 64 bytes. */
export function isSecret(text: string): boolean {
  const match = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)
  const bytes = match?.[1] ? Buffer.from(match[1], 'base64') : Buffer.alloc(0)
  return (
    bytes.length >= 24 && bytes.length <= 64 && secretPrefix + bytes.toString('base64') === text
  )
}

/** What kind of signature a secret makes. */
export function kindOfSecret(secret: string): SigningKind {
  return secret.startsWith(privatePrefix) ? 'ed25519' : 'hmac'
}

/** The private key of a `whsk_` secret, which holds the 32 bytes of the seed. */
export function readPrivateKey(secret: string) {
  const seed = Buffer.from(secret.slice(privatePrefix.length), 'base64')
  // RFC 8410: an Ed25519 private key in PKCS #8 is this header and the seed.
  const header = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' })
}

/** `whpk_` and the 32 bytes of the public key of a `whsk_` secret: what receivers verify with. */
export function publicKeyOf(secret: string): string {
  const { x = '' } = createPublicKey(readPrivateKey(secret)).export({ format: 'jwk' })
  return publicPrefix + Buffer.from(x, 'base64url').toString('base64')
}
