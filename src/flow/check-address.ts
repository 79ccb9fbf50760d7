import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from './parts.ts'

/**
 * Refuses an address that this server would never call (security.md 2), before anything is kept of it.
 * One that only does not answer now is called later.
 *
 * @throws ReelmillError `address_invalid`, `address_refused`.
 */
export async function checkAddress({ web }: Pick<Parts, 'web'>, url: string): Promise<void> {
  try {
    await web.check(url)
  } catch (error) {
    if (error instanceof ReelmillError && error.code === 'address_unreachable') return
    throw error
  }
}
