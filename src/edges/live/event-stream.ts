import type { FastifyReply } from 'fastify'

const heartbeatMs = 15_000
/** A client that does not read is let go before it holds more than this in our memory. */
const mostBufferedBytes = 1024 ** 2

export interface ServerSentEvent {
  /** Comes back as `Last-Event-ID` when the client connects again. */
  readonly id?: number
  readonly event: string
  /** JSON. */
  readonly data: unknown
}

/** An answer that stays open (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface EventStream {
  /** Tells the client that it misses nothing from now on; to be called when that is so. */
  welcome: () => void
  send: (event: ServerSentEvent) => void
  end: () => void
  /** Aborted when either side has ended it. */
  readonly closed: AbortSignal
}

/**
 * Begins the answer; `onClose` is called once when it has ended. A comment now and then keeps proxies
 * from taking it for dead.
 */
export function openEventStream(reply: FastifyReply, onClose: () => void): EventStream {
  const { raw } = reply.hijack()
  const closed = new AbortController()
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs)
  const close = (): void => {
    if (closed.signal.aborted) return
    clearInterval(heartbeat)
    onClose()
    closed.abort()
  }
  raw.on('close', close)
  // Of a client that left while it was looked up nothing more is said; who opens is to listen first.
  if (raw.destroyed) queueMicrotask(close)
  reply.headers({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  })
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  return {
    welcome: () => void (raw.writableEnded || raw.write(': welcome\n\n')),
    send: (event) => {
      // Until a slow client has read the end, more may happen; writing past it would be an error.
      if (raw.writableEnded) return
      raw.write(formatEvent(event))
      if (raw.writableLength > mostBufferedBytes) raw.destroy()
    },
    end: () => {
      clearInterval(heartbeat)
      raw.end()
    },
    closed: closed.signal,
  }
}

/** JSON holds no line break, so that it is one `data` line. */
function formatEvent({ id, event, data }: ServerSentEvent): string {
  const head = id === undefined ? '' : `id: ${id}\n`
  return `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
