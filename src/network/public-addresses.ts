import ipaddr from 'ipaddr.js'

/** Where IPv6 addresses of the whole network are; everything else is local, special or not given out. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3')

/** Public by their number, but answered by the machine's own provider: Azure's wire server. */
const metadataAddresses: ReadonlySet<string> = new Set(['168.63.129.16'])

/**
 * Whether an address is one of the whole network: not private, loopback, link-local, shared
 * (CGNAT), multicast, reserved, nor an IPv6 form that carries an IPv4 address (mapped, 6to4, Teredo,
 * NAT64). https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast' || metadataAddresses.has(parsed.toString())) return false
  return parsed.kind() === 'ipv4' || parsed.match(globalIpv6)
}
