import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * What is open of Reelmill's in a host's server. Live events and sockets are open for as long as
 * somebody watches; they end with Reelmill, and the host's own connections do not.
 */
export class Visitors {
  readonly #open = new Set<ServerResponse | Duplex>()

  add(visitor: ServerResponse | Duplex): void {
    this.#open.add(visitor)
    visitor.once('close', () => this.#open.delete(visitor))
  }

  endAll(): void {
    for (const visitor of this.#open) visitor.destroy()
  }
}
