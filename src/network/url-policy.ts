import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { isPublicAddress } from './public-addresses.ts'

/** What an operator lets addresses that users give reach. */
export interface UrlRules {
  /** Networks and host names that may be reached at any port, though they are private. */
  readonly allow: readonly string[]
  /** Ports of everything else. */
  readonly ports: readonly number[]
}

/** A place that a connection would go to. */
export interface Target {
  /** As it stands in a URL, without the brackets of IPv6. */
  readonly hostname: string
  readonly port: number
  readonly addresses: readonly string[]
}

/** Decides about addresses that users give, without asking the network (security.md 2). */
export interface UrlPolicy {
  /**
   * The URL of a text.
   *
   * @throws ReelmillError `address_invalid` when it is not one of http or https, or holds a name and
   * password; `address_refused` when it is refused whatever its name resolves to.
   */
  readUrl: (text: string) => URL
  /** Whether a connection may be made: no address of the name, not only one, may be private. */
  mayReach: (target: Target) => boolean
}

/** The policy of these rules. Entries that are no networks are host names. */
export function createUrlPolicy({ allow, ports }: UrlRules): UrlPolicy {
  const networks = allow.flatMap((entry) => parseNetwork(entry) ?? [])
  const hosts = new Set(allow.map((entry) => entry.toLowerCase()))
  const isAllowed = (address: string) => {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return networks.some(
      ([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits),
    )
  }
  const mayReach: UrlPolicy['mayReach'] = ({ hostname, port, addresses }) => {
    if (hosts.has(trimDot(hostname))) return true
    if (addresses.length === 0) return false
    if (addresses.every(isAllowed)) return true
    return (
      ports.includes(port) &&
      addresses.every((address) => isPublicAddress(address) || isAllowed(address))
    )
  }
  const mayName = (url: URL): boolean => {
    const [hostname, port] = [hostnameOf(url), portOf(url)]
    if (isIP(hostname) > 0) return mayReach({ hostname, port, addresses: [hostname] })
    // At other ports it depends on what the name resolves to, where networks are allowed at all.
    return ports.includes(port) || hosts.has(trimDot(hostname)) || networks.length > 0
  }
  const readUrl = (text: string): URL => {
    const url = parseUrl(text)
    if (mayName(url)) return url
    throw refuseTarget()
  }
  return { readUrl, mayReach }
}

/** The refusal; it tells nothing about what is behind the name. */
export function refuseTarget(): ReelmillError {
  return new ReelmillError(
    'address_refused',
    'This server does not call private addresses and unusual ports.',
  )
}

/** The host of a URL, without the brackets of IPv6. */
export function hostnameOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

/** The port of a URL, also where its scheme's own is left out. */
export function portOf({ protocol, port }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

/** Spaces, control characters and backslashes would be mended by the parser, differently elsewhere. */
const oddCharacters = /[\s\\\p{Cc}]/u
const longestUrl = 2048

function parseUrl(text: string): URL {
  const isPlain = text.length <= longestUrl && !oddCharacters.test(text)
  const url = isPlain ? URL.parse(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new ReelmillError(
      'address_invalid',
      'The address must be one that starts with http:// or https://.',
    )
  }
  if (url.username === '' && url.password === '') return url
  throw new ReelmillError('address_invalid', 'The address must not hold a name or a password.')
}

type Network = ReturnType<typeof ipaddr.parseCIDR>

function parseNetwork(entry: string): [Network] | null {
  const bits = isIP(entry) === 4 ? '/32' : isIP(entry) === 6 ? '/128' : ''
  return ipaddr.isValidCIDR(entry + bits) ? [ipaddr.parseCIDR(entry + bits)] : null
}

/** "name." is the same name, spelt absolutely. */
function trimDot(hostname: string): string {
  return hostname.replace(/\.$/, '')
}
