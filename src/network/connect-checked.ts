import { lookup as askSystem } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { refuseTarget, type UrlPolicy } from './url-policy.ts'

/** All addresses of a name; throws the resolver's error when there are none. */
export type Lookup = (hostname: string) => Promise<readonly string[]>

/** The machine's own resolver, its hosts file included. */
export const systemLookup: Lookup = async (hostname) =>
  (await askSystem(hostname, { all: true, verbatim: true })).map(({ address }) => address)

interface Guard {
  readonly policy: UrlPolicy
  readonly lookup: Lookup
  readonly connectMs: number
}

/**
 * How connections are made: the name is resolved once, every address is checked, and the connection
 * goes to those very addresses, so that a second answer of the name's owner cannot lead elsewhere.
 * The host header and the name in TLS stay the URL's.
 */
export function connectChecked(guard: Guard): buildConnector.connector {
  const connect = async (...[options, callback]: Parameters<buildConnector.connector>) => {
    try {
      await connectTo(guard, options, callback)
    } catch (error) {
      callback(toError(error), null)
    }
  }
  return (options, callback) => void connect(options, callback)
}

/**
 * The addresses of a name, all checked.
 *
 * @throws ReelmillError `address_refused`, or `address_unreachable` when it does not resolve in time.
 */
export async function resolveChecked(
  { policy, lookup, connectMs }: Guard,
  hostname: string,
  port: number,
): Promise<readonly string[]> {
  const addresses =
    isIP(hostname) > 0 ? [hostname] : await resolveInTime(lookup, hostname, connectMs)
  if (!policy.mayReach({ hostname, port, addresses })) throw refuseTarget()
  return addresses
}

async function connectTo(
  guard: Guard,
  options: buildConnector.Options,
  callback: buildConnector.Callback,
): Promise<void> {
  const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
  const addresses = await resolveChecked(guard, options.hostname, port)
  const connect = buildConnector({
    allowH2: false,
    timeout: guard.connectMs,
    lookup: answerWith(addresses),
    autoSelectFamily: true,
  })
  connect(options, (error, socket) => {
    if (error) return callback(error, null)
    // The addresses were checked; this holds should a runtime ever ask another resolver.
    const reached = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '')
    const { hostname } = options
    if (guard.policy.mayReach({ hostname, port, addresses: [reached] })) {
      return callback(null, socket)
    }
    socket.destroy()
    callback(refuseTarget(), null)
  })
}

function answerWith(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, options, callback) => {
    const [first] = all
    if (options.all) callback(null, all)
    else callback(null, first?.address ?? '', first?.family)
  }
}

async function resolveInTime(
  lookup: Lookup,
  hostname: string,
  limitMs: number,
): Promise<readonly string[]> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('The resolver did not answer.')), limitMs)
  try {
    return await Promise.race([lookup(hostname), late])
  } catch (error) {
    throw new ReelmillError('address_unreachable', 'The name of the address does not resolve.', {
      cause: error,
      details: { reason: 'name' },
    })
  } finally {
    clearTimeout(timer)
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
