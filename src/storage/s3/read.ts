import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ByteRange } from '../contract.ts'
import { nameOf, toStorageError } from './failures.ts'
import type { Buckets, Place } from './place.ts'
import { delayMs } from './retry.ts'

/** An object that is being read. */
export interface Reading {
  readonly buckets: Buckets
  readonly key: string
  readonly place: Place
}

interface Answer {
  readonly body: Readable
  readonly lengthBytes: number
  readonly etag: string
}

/**
 * Reads an object or the bytes from `start` to `end` inclusive. A body that is cut or stalls is taken
 * up where it broke, as long as the object is still the same one; else the stream fails: it never
 * ends early.
 */
export async function readObject(reading: Reading, range?: ByteRange): Promise<Readable> {
  const ifEtag = range?.ifEtag && `"${range.ifEtag}"`
  const answer = await request(reading, range && `bytes=${range.start}-${range.end}`, ifEtag)
  if (!answer) return Readable.from([])
  // Some servers do not know the condition.
  if (ifEtag !== undefined && answer.etag !== ifEtag) {
    answer.body.destroy()
    throw new ReelmillError('object_not_found', undefined, { details: { key: reading.key } })
  }
  const current = { answer }
  const stream = Readable.from(readAll(reading, current, range?.start ?? 0), { objectMode: false })
  // A generator that waits for bytes does not hear that nobody wants them: the body's end wakes it.
  stream.once('close', () => current.answer.body.destroy())
  return stream
}

/** `current` holds the body that is read now. */
async function* readAll(
  reading: Reading,
  current: { answer: Answer },
  start: number,
): AsyncGenerator<Buffer> {
  const { s3TransferNumDownloadAttempts: attempts } = reading.buckets.settings
  const { lengthBytes, etag } = current.answer
  for (let received = 0, fruitless = 0; ; fruitless += 1) {
    let cause: unknown
    try {
      for await (const chunk of watch(current.answer.body, silenceMs(reading))) {
        received += chunk.length
        fruitless = 0
        yield chunk
      }
    } catch (error) {
      cause = error
    }
    if (received === lengthBytes) return
    if (received > lengthBytes || fruitless >= attempts) throw broken(reading, cause)
    await delay(delayMs(fruitless + 1, Math.random))
    const range = `bytes=${start + received}-${start + lengthBytes - 1}`
    current.answer = await takeUp(reading, range, etag)
  }
}

/** The rest of the object, if it is still the one that the reading began with. */
async function takeUp(reading: Reading, range: string, etag: string): Promise<Answer> {
  let cause: unknown
  try {
    const answer = await request(reading, range, etag)
    if (answer?.etag === etag) return answer
    answer?.body.destroy()
  } catch (error) {
    cause = error
  }
  throw broken(reading, cause)
}

/** Null where the object has no byte of the range. */
async function request(reading: Reading, range?: string, etag?: string): Promise<Answer | null> {
  const { buckets, place, key } = reading
  const command = new GetObjectCommand({
    ...place,
    ...(range === undefined ? {} : { Range: range }),
    ...(etag === undefined ? {} : { IfMatch: etag }),
  })
  try {
    return toAnswer(await buckets.client.send(command))
  } catch (error) {
    if (nameOf(error) === 'InvalidRange') return null
    throw toStorageError(error, key)
  }
}

function toAnswer({ Body, ContentLength, ETag }: GetObjectCommandOutput): Answer {
  if (Body instanceof Readable && ContentLength !== undefined && ETag !== undefined) {
    return { body: Body, lengthBytes: ContentLength, etag: ETag }
  }
  throw new Error('The S3 server sent an object without its length or its entity tag.')
}

/** The chunks of a body; it fails when it is waited for and nothing comes. */
async function* watch(body: Readable, longestMs: number): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const stop = (): unknown => body.destroy(new Error(`Nothing came for ${longestMs} ms.`))
      const timer = setTimeout(stop, longestMs)
      const next = await chunks.next().finally(() => clearTimeout(timer))
      if (next.done) return
      yield next.value
    }
  } finally {
    body.destroy()
  }
}

function silenceMs({ buckets }: Reading): number {
  return buckets.settings.s3ReadTimeoutSeconds * 1000
}

function broken({ key }: Reading, cause: unknown): ReelmillError {
  const sentence = 'The object could not be read to its end.'
  return new ReelmillError('storage_unavailable', sentence, { cause, details: { key } })
}
