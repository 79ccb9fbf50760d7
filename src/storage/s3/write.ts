import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Slots } from '#config/slots.ts'
import type { ObjectInfo, PutOptions } from '../contract.ts'
import { cutIntoParts } from './cut.ts'
import { guarded } from './failures.ts'
import { type Headers, objectParameters } from './headers.ts'
import { infoOf } from './info.ts'
import { uploadParts } from './multipart.ts'
import { type Buckets, type Place, placeOf } from './place.ts'
import type { S3Settings } from './settings.ts'

/** What writing needs of a storage. */
export interface Writer {
  readonly buckets: Buckets
  /** For the parts that are on their way, of all uploads. */
  readonly slots: Slots
}

/**
 * Writes an object: at once when it is small, else in parts. The bucket shows it when all of it is
 * there. A failure of the body's own stream passes as it is: it is not the storage that failed.
 */
export async function writeObject(
  writer: Writer,
  key: string,
  body: Buffer | Readable,
  options: PutOptions = {},
): Promise<ObjectInfo> {
  const { settings } = writer.buckets
  const { s3TransferMultipartThreshold: threshold, s3TransferMultipartChunksize } = settings
  const target = {
    key,
    place: placeOf(writer.buckets, key),
    headers: headersOf(settings, options),
  }
  if (Buffer.isBuffer(body) && body.length <= threshold) return putWhole(writer, target, body)
  const parts = cutIntoParts(Buffer.isBuffer(body) ? [body] : body, s3TransferMultipartChunksize)
  try {
    const begun = await collect(parts, threshold)
    if (begun.isAll) return await putWhole(writer, target, join(begun.pieces))
    return await uploadParts(writer, target, follow(begun.pieces, parts))
  } finally {
    await parts.return(undefined)
    if (body instanceof Readable) body.destroy()
  }
}

/** Uploads a file of this machine and then removes it. */
export async function takeOver(
  writer: Writer,
  key: string,
  path: string,
  options?: PutOptions,
): Promise<ObjectInfo> {
  const body = createReadStream(path, { highWaterMark: 1024 ** 2 })
  const info = await writeObject(writer, key, body, options)
  await rm(path)
  return info
}

/** An object that is being written. */
export interface Target {
  readonly key: string
  readonly place: Place
  readonly headers: Headers
}

async function putWhole(
  { buckets: { client } }: Writer,
  { key, place, headers }: Target,
  bytes: Buffer,
): Promise<ObjectInfo> {
  const command = new PutObjectCommand({ ...place, ...headers, Body: bytes })
  const { ETag } = await guarded(key, client.send(command))
  return infoOf(key, bytes.length, ETag)
}

/** What the caller says of the object comes before what the settings say of all. */
export function headersOf(
  { s3ObjectParameters }: S3Settings,
  { contentType, cacheControl }: PutOptions,
): Headers {
  return {
    ...objectParameters(s3ObjectParameters),
    ...(contentType === undefined ? {} : { ContentType: contentType }),
    ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
  }
}

/** The first parts, until they are more than `thresholdBytes` or all that there is. */
async function collect(
  parts: AsyncGenerator<Buffer>,
  thresholdBytes: number,
): Promise<{ readonly pieces: readonly Buffer[]; readonly isAll: boolean }> {
  const pieces: Buffer[] = []
  for (let bytes = 0; bytes <= thresholdBytes; ) {
    const next = await parts.next()
    if (next.done) return { pieces, isAll: true }
    pieces.push(next.value)
    bytes += next.value.length
  }
  return { pieces, isAll: false }
}

function join(pieces: readonly Buffer[]): Buffer {
  const [first = Buffer.alloc(0), ...others] = pieces
  return others.length === 0 ? first : Buffer.concat(pieces)
}

async function* follow(
  begun: readonly Buffer[],
  rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  yield* begun
  yield* rest
}
