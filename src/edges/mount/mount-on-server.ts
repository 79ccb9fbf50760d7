import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { OwnPaths } from './own-paths.ts'
import { Visitors } from './visitors.ts'

/** What answers in a host's server, and where. */
export interface Mounted {
  /** Reelmill's own, which does not listen. */
  readonly server: Server
  readonly ownPaths: OwnPaths
  /** Before all own addresses, as `/video`; '' for none. */
  readonly prefix: string
}

/** Which of a host's events are looked at: a Fastify host has its requests answered by routes. */
export interface Which {
  readonly requests: boolean
}

/**
 * Puts Reelmill in front of a host's Node server: requests and upgrades to its own addresses never
 * reach the host's listeners, whenever those were added, and everything else reaches them as if it
 * were not there. Listeners of ours beside the host's would not do: those that refuse what they do not
 * know, as of web sockets, would refuse ours.
 *
 * @returns what takes it away again, and ends what is open of its.
 */
export function mountOnServer(host: Server, mounted: Mounted, which: Which): () => void {
  const visitors = new Visitors()
  const gate = new Gate(mounted, visitors, which)
  const emit: (event: string, ...args: unknown[]) => boolean = host.emit.bind(host)
  host.emit = (event: string, ...args: unknown[]): boolean =>
    gate.takes(event, args) || emit(event, ...args)
  wantOwnUpgrades(host, gate)
  return () => {
    gate.close()
    visitors.endAll()
  }
}

/** Node asks a server before an upgrade whether it wants it; its types do not know that yet. */
interface Asked {
  shouldUpgradeCallback?: (request: IncomingMessage) => boolean
}

/**
 * Without a listener Node takes an upgrade for a plain request, so there must be one; but whether the
 * host wants an upgrade must not depend on it.
 */
function wantOwnUpgrades(host: Server & Asked, gate: Gate): void {
  const wants = host.shouldUpgradeCallback?.bind(host)
  const stranger = (_request: IncomingMessage, socket: Duplex) => {
    // Before Node 24.9 nobody is asked, and what nobody wants ends here.
    if (host.listenerCount('upgrade') === 1) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  }
  host.on('upgrade', stranger)
  if (!wants) return
  host.shouldUpgradeCallback = (request) => {
    host.off('upgrade', stranger)
    const isWanted = gate.isOwn(request) || wants(request)
    host.on('upgrade', stranger)
    return isWanted
  }
}

class Gate {
  readonly #mounted: Mounted
  readonly #visitors: Visitors
  readonly #which: Which
  #open = true

  constructor(mounted: Mounted, visitors: Visitors, which: Which) {
    this.#mounted = mounted
    this.#visitors = visitors
    this.#which = which
  }

  /** From now on everything is the host's: others may have wrapped its functions meanwhile. */
  close(): void {
    this.#open = false
  }

  isOwn({ url = '' }: IncomingMessage): boolean {
    const { ownPaths, prefix } = this.#mounted
    return this.#open && ownPaths.strip(url, prefix) !== null
  }

  takes(event: string, args: readonly unknown[]): boolean {
    if (event === 'upgrade') return this.#takesUpgrade(args)
    const isRequest = event === 'request' || event === 'checkContinue'
    return isRequest && this.#which.requests && this.#takesRequest(event, args)
  }

  #takesRequest(event: string, args: readonly unknown[]): boolean {
    // Sound: these are what Node emits with such an event.
    const [request, response] = args as [IncomingMessage, ServerResponse]
    if (!this.#strip(request)) return false
    this.#visitors.add(response)
    if (event === 'checkContinue') response.writeContinue()
    return this.#mounted.server.emit('request', request, response)
  }

  #takesUpgrade(args: readonly unknown[]): boolean {
    const [request, socket, head] = args as [IncomingMessage, Duplex, Buffer]
    if (!this.#strip(request)) return false
    this.#visitors.add(socket)
    return this.#mounted.server.emit('upgrade', request, socket, head)
  }

  #strip(request: IncomingMessage): boolean {
    const { ownPaths, prefix } = this.#mounted
    const own = this.#open ? ownPaths.strip(request.url ?? '', prefix) : null
    if (own !== null) request.url = own
    return own !== null
  }
}
