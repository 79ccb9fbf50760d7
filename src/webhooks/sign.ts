import { sign } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { kindOfSecret, readPrivateKey } from './signing-keys.ts'

/** A call before it is signed. */
export interface Message {
  readonly id: string
  /** When the attempt is made, not when the event happened: receivers refuse what is old. */
  readonly at: Date
  readonly body: string
}

/**
 * The headers of Standard Webhooks 1.0: id, seconds since 1970, and one signature for each secret, so
 * that receivers that know only the newer or only the older one accept it while a secret is replaced.
 */
export function signMessage(
  { id, at, body }: Message,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) =>
    kindOfSecret(secret) === 'hmac'
      ? new Webhook(secret).sign(id, at, body)
      : `v1a,${sign(null, Buffer.from(`${id}.${seconds}.${body}`), readPrivateKey(secret)).toString('base64')}`,
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  }
}
