import { connect } from 'node:net'

interface Fetching {
  readonly url: string
  readonly sizeBytes: number
  readonly rangeBytes: number
  readonly connections: number
  readonly forMs: number
}

/** What came of asking for ranges again and again. */
export interface Fetched {
  readonly bytesPerSecond: number
  readonly requestsPerSecond: number
}

/**
 * Asks for ranges of a file, from one place after another, on connections that are kept: by sockets
 * and as little code as can be, so that what is measured is the server and not the client.
 */
export async function fetchRanges(fetching: Fetching): Promise<Fetched> {
  const startedAt = performance.now()
  const counts = await Promise.all(
    Array.from({ length: fetching.connections }, (_, index) => fetchOn(fetching, index)),
  )
  const seconds = (performance.now() - startedAt) / 1000
  const requests = counts.reduce((sum, count) => sum + count, 0)
  return {
    requestsPerSecond: requests / seconds,
    bytesPerSecond: (requests * fetching.rangeBytes) / seconds,
  }
}

/** The number of answers of one connection. */
function fetchOn({ url, sizeBytes, rangeBytes, forMs }: Fetching, index: number): Promise<number> {
  const { hostname, port, pathname, host } = new URL(url)
  const places = Math.floor(sizeBytes / rangeBytes)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) })
    const endsAt = performance.now() + forMs
    let answers = 0
    let missing = 0
    const ask = (): void => {
      const start = ((answers * 7 + index * 13) % places) * rangeBytes
      const range = `bytes=${start}-${start + rangeBytes - 1}`
      missing = -1
      socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\nrange: ${range}\r\n\r\n`)
    }
    const take = (chunk: Buffer): void => {
      if (missing < 0) {
        const end = chunk.indexOf('\r\n\r\n')
        // Headers are some 400 bytes: they come in one piece.
        if (!chunk.subarray(0, 12).toString().endsWith('206') || end < 0) {
          socket.destroy(new Error(`not a range: ${chunk.toString('latin1', 0, 300)}`))
          return
        }
        missing = rangeBytes - (chunk.length - end - 4)
      } else missing -= chunk.length
      if (missing > 0) return
      answers += 1
      if (performance.now() < endsAt) ask()
      else socket.end(() => resolve(answers))
    }
    socket.on('connect', ask).on('data', take).on('error', reject)
  })
}
