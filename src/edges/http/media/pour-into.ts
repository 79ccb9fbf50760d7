import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { OpenedBytes } from '#storage/fs/pour-file.ts'

/**
 * Sends a part of a file as the whole body, with the headers that the reply has. A client that goes
 * away ends it; so does a file that ends early, which the client sees by the length.
 */
export async function pourInto(reply: FastifyReply, bytes: OpenedBytes): Promise<void> {
  const { raw, statusCode } = reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  raw.writeHead(statusCode)
  const gone = goneOf(raw)
  try {
    await bytes.pour((piece) => Promise.race([write(raw, piece), gone.promise]))
    raw.end()
  } catch (error) {
    reply.log.debug({ err: error }, 'a file was not sent to its end')
    raw.destroy()
  } finally {
    gone.forget()
    await bytes.close()
  }
}

/** Done when the system has taken the bytes, so that the memory can be used again. */
function write(raw: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    raw.write(piece, (error) => (error ? reject(error) : resolve()))
  })
}

/** Not every write that waits for a dead connection is told so. */
function goneOf(raw: ServerResponse) {
  const { promise, reject } = Promise.withResolvers<never>()
  const tell = () => reject(new Error('The client went away.'))
  // Nobody may be waiting for a piece when it happens.
  promise.catch(() => undefined)
  if (raw.destroyed) tell()
  raw.once('close', tell)
  return { promise, forget: () => raw.off('close', tell) }
}
