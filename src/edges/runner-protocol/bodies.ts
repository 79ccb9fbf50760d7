import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { makeRoom } from '#config/room.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

const mebibyte = 1024 ** 2

interface Limits {
  /** Bodies up to this have a room of their own. */
  readonly ordinaryBytes: number
  readonly ordinaryRoomBytes: number
  readonly largeRoomBytes: number
}

/**
 * Six seconds of the richest rung are some 12 MB, most segments less than 3: of those 80 may come at
 * once, so a few slow lines keep nobody waiting. Of the largest that are taken, two.
 */
const usualLimits: Limits = {
  ordinaryBytes: 16 * mebibyte,
  ordinaryRoomBytes: 256 * mebibyte,
  largeRoomBytes: 512 * mebibyte,
}

/** Bodies in memory, of a bounded size together. */
export interface Bodies {
  /**
   * Reads a request's body when there is room for it, and lends it until `use` has ended. Nothing of
   * it is taken in before: its sender's line holds it back.
   *
   * @throws ReelmillError `payload_too_large`, `invalid_request`, and what `use` throws.
   */
  lend<T>(request: FastifyRequest, maxBytes: number, use: (bytes: Buffer) => Promise<T>): Promise<T>
}

/** However many runners hand in at once, and however slowly, the server's memory holds so much. */
export function makeBodies(limits: Limits = usualLimits): Bodies {
  const ordinary = makeRoom(limits.ordinaryRoomBytes)
  const large = makeRoom(limits.largeRoomBytes)
  return {
    lend: async (request, maxBytes, use) => {
      const sizeBytes = measure(request, maxBytes)
      const room = sizeBytes <= limits.ordinaryBytes ? ordinary : large
      const giveFree = await room.take(sizeBytes)
      try {
        return await use(await readBody(request, sizeBytes))
      } finally {
        giveFree()
      }
    },
  }
}

/** A body whose size is not told may be of any. */
function measure({ headers }: FastifyRequest, maxBytes: number): number {
  const sizeBytes = Number(headers['content-length'] ?? maxBytes)
  if (sizeBytes > maxBytes) throw new ReelmillError('payload_too_large')
  return sizeBytes
}

async function readBody({ body }: FastifyRequest, mostBytes: number): Promise<Buffer> {
  if (!(body instanceof Readable)) {
    throw new ReelmillError('invalid_request', 'The body must be application/octet-stream.')
  }
  const bytes = Buffer.allocUnsafe(mostBytes)
  let length = 0
  for await (const chunk of readChunks(body)) {
    const copied = chunk.copy(bytes, length)
    if (copied < chunk.length) throw new ReelmillError('payload_too_large')
    length += copied
  }
  return bytes.subarray(0, length)
}

/** Whose body is not read to its end is answered all the same, so the stream is left open. */
async function* readChunks(body: Readable): AsyncGenerator<Buffer> {
  try {
    yield* body.iterator({ destroyOnReturn: false })
  } catch (cause) {
    throw new ReelmillError('invalid_request', 'The body broke off.', { cause })
  }
}
