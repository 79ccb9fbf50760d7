import type { Config } from '#config/config.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Who may call the API of this server. */
export type Access =
  /** Whoever holds the key, from anywhere. */
  | { readonly kind: 'key'; readonly key: string }
  /** The people of this machine, under these names of it. */
  | { readonly kind: 'local'; readonly hosts: ReadonlySet<string> }

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/**
 * With ADMIN_KEY the API asks for it. Without, it is open to this machine, and only to it: HOST must
 * be a loopback address, and PUBLIC_URL, if set, must name one. Fails with `invalid_setting` where
 * that would open the API to a network.
 */
export function decideAccess(config: Pick<Config, 'adminKey' | 'host' | 'publicUrl'>): Access {
  if (config.adminKey) return { kind: 'key', key: config.adminKey }
  if (!isLoopback(config.host)) throw needsKey(`HOST=${config.host}`)
  const publicHost = config.publicUrl ? new URL(config.publicUrl).hostname : 'localhost'
  if (!isLoopback(publicHost)) throw needsKey(`PUBLIC_URL=${config.publicUrl}`)
  const own = config.host.includes(':') ? `[${config.host}]` : config.host
  return { kind: 'local', hosts: new Set([...loopbackNames, own, publicHost]) }
}

function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host)
}

function needsKey(setting: string): ReelmillError {
  return new ReelmillError(
    'invalid_setting',
    `${setting} lets others reach this server: set ADMIN_KEY to a long random text, or HOST=127.0.0.1 to keep it to this machine.`,
    { details: { setting: 'ADMIN_KEY' } },
  )
}
