import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Growth } from '#database/tables.ts'
import type { Storage, StorageParts } from '#storage/contract.ts'
import type { GrowingSource } from './growing-source.ts'
import type { Upload } from './upload.ts'

type Place = Pick<Upload, 'sourceKey' | 'lengthBytes' | 'growth'>

/**
 * The source of an upload that grows in a bucket: parts as they fill, one in memory, and at the end of
 * each body an object with what is too little for a part, since a bucket takes no smaller ones. It
 * consists of the parts that were written down with the hold and of no others, so that a writer that
 * lost its hold can spoil nothing.
 */
export async function openBucketSource(
  storage: Storage,
  parts: StorageParts,
  upload: Place,
): Promise<GrowingSource> {
  const { sourceKey: key, lengthBytes } = upload
  const opened = upload.growth ?? { uploadId: await parts.begin(key), tags: [], tail: null }
  await removeOldTails(storage, key, opened)
  const tail = opened.tail ? await buffer(await storage.get(opened.tail.key)) : Buffer.of()
  let growth: Growth = opened
  let pieces: Buffer[] = [tail]
  let waitingBytes = tail.length

  const addPart = async (bytes: number): Promise<void> => {
    const all = Buffer.concat(pieces)
    const { uploadId, tags } = growth
    const part = { uploadId, number: tags.length + 1 }
    const tag = await parts.add(key, part, all.subarray(0, bytes))
    growth = { uploadId, tags: [...tags, tag], tail: null }
    pieces = [all.subarray(bytes)]
    waitingBytes = all.length - bytes
  }
  const keptBytes = (): number => bytesOf(parts, growth)
  return {
    write: async (chunk) => {
      pieces.push(chunk)
      waitingBytes += chunk.length
      for (;;) {
        const wanted = parts.partBytes(growth.tags.length + 1)
        if (waitingBytes < wanted) return
        await addPart(wanted)
      }
    },
    flush: async () => keptBytes(),
    finish: async () => {
      const receivedBytes = partsBytes(parts, growth) + waitingBytes
      if (waitingBytes > 0 && receivedBytes === lengthBytes) {
        await addPart(waitingBytes)
        return receivedBytes
      }
      if (receivedBytes === keptBytes()) return receivedBytes
      const made = { key: `${tailFolder(key)}${randomUUID()}`, sizeBytes: waitingBytes }
      await storage.put(made.key, Buffer.concat(pieces))
      growth = { ...growth, tail: made }
      return receivedBytes
    },
    growth: () => growth,
    undo: async () => {
      growth = opened
    },
    close: async () => undefined,
  }
}

/** Makes the object of an upload whose parts are all there. Repeatable. */
export async function completeBucketSource(
  storage: Storage,
  parts: StorageParts,
  { sourceKey, growth, lengthBytes }: Place,
): Promise<void> {
  if (!growth || lengthBytes === null) throw new Error('The upload has no parts.')
  const { uploadId, tags } = growth
  await parts.complete(sourceKey, { uploadId, tags, sizeBytes: lengthBytes })
  await storage.deleteAll(tailFolder(sourceKey))
}

/** Removes what grew and was never completed. Repeatable. */
export async function abandonBucketSource(
  storage: Storage,
  parts: StorageParts,
  { sourceKey, growth }: Pick<Place, 'sourceKey' | 'growth'>,
): Promise<void> {
  if (growth) await parts.abandon(sourceKey, growth.uploadId)
  await storage.deleteAll(tailFolder(sourceKey))
}

/** No bucket keeps a writer waiting for so long, whatever it lost its hold to meanwhile. */
const oldTailMs = 3_600_000

/**
 * Of writers that ended before they wrote theirs down, and of those before this one. A young one may be
 * of a writer that has taken the hold since: without it the whole upload were lost.
 */
async function removeOldTails(storage: Storage, key: string, { tail }: Growth): Promise<void> {
  const before = Date.now() - oldTailMs
  for await (const found of storage.list(tailFolder(key))) {
    const isOld = found.modifiedAt.getTime() < before
    if (isOld && found.key !== tail?.key) await storage.delete(found.key)
  }
}

function tailFolder(key: string): string {
  return `${key}-tail/`
}

function partsBytes(parts: StorageParts, { tags }: Growth): number {
  // The last part of a whole source is shorter; then nobody asks any more.
  return tags.reduce((sum, _tag, index) => sum + parts.partBytes(index + 1), 0)
}

function bytesOf(parts: StorageParts, growth: Growth): number {
  return partsBytes(parts, growth) + (growth.tail?.sizeBytes ?? 0)
}
