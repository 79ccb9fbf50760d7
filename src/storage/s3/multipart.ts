import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { ObjectInfo } from '../contract.ts'
import { guarded, toStorageError } from './failures.ts'
import { bareEtag, infoOf } from './info.ts'
import type { Place } from './place.ts'
import type { Target, Writer } from './write.ts'

interface Upload extends Place {
  readonly UploadId: string
}

/** What sends one part, and answers its entity tag. */
type Send<Item> = (
  upload: Upload & { readonly PartNumber: number },
  item: Item,
  abortSignal: AbortSignal,
) => Promise<string | undefined>

interface Part {
  readonly PartNumber: number
  readonly ETag: string
}

/** Uploads an object in these parts. */
export async function uploadParts(
  writer: Writer,
  target: Target,
  bodies: AsyncIterable<Buffer>,
): Promise<ObjectInfo> {
  let sizeBytes = 0
  const etag = await inParts<Buffer>(writer, target, bodies, async (part, body, abortSignal) => {
    sizeBytes += body.length
    const command = new UploadPartCommand({ ...part, Body: body })
    return (await writer.buckets.client.send(command, { abortSignal })).ETag
  })
  return infoOf(target.key, sizeBytes, etag)
}

/**
 * Makes an object of parts, as many at once as there are slots. Answers its entity tag. Nothing is
 * left in the bucket when it fails; what a killed process leaves, `sweepTemporary` removes.
 */
export async function inParts<Item>(
  writer: Writer,
  { key, place, headers }: Target,
  items: AsyncIterable<Item> | Iterable<Item>,
  send: Send<Item>,
): Promise<string> {
  const { client } = writer.buckets
  const begin = new CreateMultipartUploadCommand({ ...place, ...headers })
  const { UploadId = '' } = await guarded(key, client.send(begin))
  const upload = { ...place, UploadId }
  try {
    const parts = await sendAll(writer, items, (item, PartNumber, signal) =>
      guarded(key, send({ ...upload, PartNumber }, item, signal)),
    )
    return await complete(writer, key, upload, parts)
  } catch (error) {
    // Should this fail too, the parts are swept some day.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined)
    throw error
  }
}

/** Sends the parts as they come; the first failure, also of where they come from, ends it. */
async function sendAll<Item>(
  { slots }: Writer,
  items: AsyncIterable<Item> | Iterable<Item>,
  send: (item: Item, number: number, signal: AbortSignal) => Promise<string | undefined>,
): Promise<Part[]> {
  const stop = new AbortController()
  const sent: Promise<Part>[] = []
  try {
    for await (const item of items) {
      const giveFree = await slots.take()
      const number = sent.length + 1
      const part = send(item, number, stop.signal)
        .then((ETag = '') => ({ PartNumber: number, ETag }))
        .finally(giveFree)
      // Told to the others at once, and to the caller when all have stopped.
      part.catch((error: unknown) => stop.abort(error))
      sent.push(part)
      stop.signal.throwIfAborted()
    }
    return await Promise.all(sent)
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled(sent)
    throw stop.signal.reason
  }
}

async function complete(
  { buckets: { client } }: Writer,
  key: string,
  upload: Upload,
  parts: readonly Part[],
): Promise<string> {
  const command = new CompleteMultipartUploadCommand({
    ...upload,
    MultipartUpload: { Parts: [...parts] },
  })
  const { Bucket, Key } = upload
  const look = async () =>
    bareEtag((await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag)
  try {
    // Ceph 16 leaves the tag empty here.
    return bareEtag((await client.send(command)).ETag) || (await look())
  } catch (error) {
    // A try whose answer was lost may have done it: then the upload is no more, and the object there.
    const etag = etagOf(parts)
    if ((await look().catch(() => null)) === etag) return etag
    throw toStorageError(error, key)
  }
}

/** The entity tag that S3 gives an object in parts: the hash of their hashes, and their number. */
function etagOf(parts: readonly Part[]): string {
  const hash = createHash('md5')
  for (const { ETag } of parts) hash.update(Buffer.from(bareEtag(ETag), 'hex'))
  return `${hash.digest('hex')}-${parts.length}`
}
