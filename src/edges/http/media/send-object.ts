import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ObjectInfo, Storage } from '#storage/contract.ts'
import { openBytes } from '#storage/fs/pour-file.ts'
import { pourInto } from './pour-into.ts'
import { parseRange } from './range.ts'
import { isUnchanged, rangeHeaderOf } from './validators.ts'

/** Sends an object, or the part of it that is asked for, or 304 or 416. */
export async function sendObject(
  request: FastifyRequest,
  reply: FastifyReply,
  object: { readonly storage: Storage; readonly info: ObjectInfo; readonly type: string },
): Promise<FastifyReply> {
  const { storage, info, type } = object
  const etag = `"${info.etag}"`
  reply
    .type(type)
    .header('etag', etag)
    .header('last-modified', info.modifiedAt.toUTCString())
    .header('accept-ranges', 'bytes')
  if (isUnchanged(request, etag)) return reply.code(304).send()
  const range = parseRange(rangeHeaderOf(request, etag), info.sizeBytes)
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${info.sizeBytes}`).send()
  }
  const { start, end } = range ?? { start: 0, end: info.sizeBytes - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${info.sizeBytes}`)
  reply.header('content-length', end - start + 1)
  // A stream, for without one the framework would set the length to 0.
  if (request.method === 'HEAD') return reply.send(Readable.from([]))
  const path = storage.localPath(info.key)
  if (path === null || info.sizeBytes === 0) {
    return reply.send(await storage.get(info.key, range ?? undefined))
  }
  await pourInto(reply, await openBytes(path, { start, end }))
  return reply
}
