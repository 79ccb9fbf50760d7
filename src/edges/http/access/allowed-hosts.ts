import type { Config } from '#config/config.ts'

/** The names under which a server answers. */
export interface AllowedHosts {
  /** Whatever a request says is fine. */
  readonly all: boolean
  /** Whatever is an address and no name is fine: no name can be made to lead to it. */
  readonly addresses: boolean
  readonly names: ReadonlySet<string>
  /** ".example.org": that name and all below it. */
  readonly suffixes: readonly string[]
}

type Settings = Pick<Config, 'allowedHosts' | 'host' | 'publicUrl'>

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** Names that lead to this machine and nowhere else, whoever looks them up. */
export function namesOfMachine({ host, publicUrl }: Settings): ReadonlySet<string> {
  const own = [bracket(host), ...(publicUrl ? [new URL(publicUrl).hostname] : [])]
  return new Set([...loopbackNames, ...own.filter(isLoopback)])
}

/**
 * Where ALLOWED_HOSTS is set: these, PUBLIC_URL's, and the machine's own (C-44). Else, where the
 * machine is trusted, the machine's own. Else, with a PUBLIC_URL, that and addresses; without, all.
 */
export function decideHosts(settings: Settings, trustsMachine: boolean): AllowedHosts {
  const { allowedHosts, host, publicUrl } = settings
  const own = [...namesOfMachine(settings), bracket(host)]
  const named = publicUrl ? [...own, new URL(publicUrl).hostname] : own
  const given = allowedHosts ?? []
  const isOpen = allowedHosts === null && !trustsMachine
  return {
    all: given.includes('*') || (isOpen && publicUrl === null),
    addresses: isOpen,
    names: new Set([...named, ...given].map((name) => name.toLowerCase())),
    suffixes: given.filter((name) => name.startsWith('.')),
  }
}

/** Whether a server answers to this `Host`. */
export function isAllowedHost(hosts: AllowedHosts, header: string | undefined): boolean {
  const host = hostOf(header)
  if (host === null) return false
  if (hosts.all || hosts.names.has(host)) return true
  if (hosts.addresses && isAddress(host)) return true
  return hosts.suffixes.some((suffix) => host.endsWith(suffix) || `.${host}` === suffix)
}

/** A name or address without its port; null for what is neither, as what has more than the two. */
export function hostOf(header: string | undefined): string | null {
  const isHost = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(header ?? '')
  const url = `http://${header}`
  return isHost && URL.canParse(url) ? new URL(url).hostname.toLowerCase() : null
}

/** Whether a name or an address leads to the machine itself. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host)
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host)
}

function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}
