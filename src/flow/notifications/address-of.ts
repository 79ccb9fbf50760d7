import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'
import type { AddressOf } from './notification.ts'

const notAName = /^$|^\.{1,2}$|[/\\\p{Cc}]/u

/**
 * How other processors' files are found: at NOTIFICATION_MEDIA_DOMAIN, else where the storage serves
 * what everybody may read (C-26).
 */
export function addressOfProcessed({ config, storage }: Parts): AddressOf {
  return (names) => {
    if (names.some((name) => notAName.test(name) || !name.isWellFormed())) {
      throw new ReelmillError('invalid_request', 'The name of a result is not one of a file.')
    }
    const path = names.map((name) => encodeURIComponent(name)).join('/')
    if (config.notificationMediaDomain !== null)
      return `https://${config.notificationMediaDomain}/${path}`
    const address = storage.signer?.publicUrl(names.join('/')) ?? null
    if (address !== null) return address
    throw new ReelmillError('internal', 'Set NOTIFICATION_MEDIA_DOMAIN to take notifications.')
  }
}
