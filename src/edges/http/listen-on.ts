import type { FastifyInstance } from 'fastify'
import type { Config } from '#config/config.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Why the system lets nobody listen, as Node names it, and what its operator can do. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program does already. Stop that, or set PORT; 0 is any free one.'],
  ['EADDRNOTAVAIL', 'this machine has no such address. Set HOST to one of its own.'],
  ['ENOTFOUND', 'there is no such name. Set HOST to an address of this machine.'],
  ['EACCES', 'only the administrator may. Set PORT to 1024 or above.'],
])

/**
 * Lets the server listen on HOST and PORT.
 *
 * @throws ReelmillError `invalid_setting` where the system refuses that address.
 */
export async function listenOn(
  http: FastifyInstance,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<void> {
  try {
    await http.listen({ host, port })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const why = refusals.get(code)
    if (why === undefined) throw cause
    throw new ReelmillError('invalid_setting', `Cannot listen on ${host}:${port}: ${why}`, {
      cause,
    })
  }
}
