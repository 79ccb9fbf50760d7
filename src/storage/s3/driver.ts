import { makeSlots } from '#config/slots.ts'
import type { Storage } from '../contract.ts'
import { checkKey } from '../keys.ts'
import { makeS3Client } from './client.ts'
import { copyObject } from './copy.ts'
import { deleteBelow, deleteObject } from './delete.ts'
import { makeGrowingParts } from './growing-parts.ts'
import { findObject } from './head.ts'
import { listObjects } from './list.ts'
import { openBuckets } from './open-buckets.ts'
import { placeOf } from './place.ts'
import { readObject } from './read.ts'
import type { S3Settings } from './settings.ts'
import { makeSigner } from './signer.ts'
import { sweepUploads } from './temporary.ts'
import { takeOver, writeObject } from './write.ts'

/**
 * Objects in a bucket of any S3 server, or in two: one for all, one for published videos. Fails as
 * `openBuckets` does.
 */
export async function openS3Storage(settings: S3Settings): Promise<Storage> {
  const buckets = await openBuckets(settings)
  const writer = { buckets, slots: makeSlots(settings.s3TransferMaxConcurrency) }
  const outside =
    settings.s3SignedUrl === null ? buckets.client : makeS3Client(settings, settings.s3SignedUrl)

  return {
    put: async (key, body, options) => writeObject(writer, checkKey(key), body, options),
    putFile: async (key, path, options) => takeOver(writer, checkKey(key), path, options),
    async get(key, range) {
      const reading = { buckets, key, place: placeOf(buckets, key) }
      if (!range || range.start <= range.end) return readObject(reading, range)
      // No byte is asked for: what is left to say is whether there is such an object.
      const first = await readObject(reading, { start: 0, end: 0 })
      return first.destroy()
    },
    head: async (key) => (await findObject(buckets, key))?.info ?? null,
    list: (prefix) => listObjects(buckets, prefix),
    copy: async (from, to, options) => copyObject(writer, from, to, options),
    delete: async (key) => deleteObject(buckets, key, placeOf(buckets, key)),
    deleteAll: async (prefix, signal) => deleteBelow(buckets, prefix, signal),
    localPath: () => null,
    signer: makeSigner({ ...buckets, client: outside }),
    sweepTemporary: (olderThanMs, isGrowing) => sweepUploads(buckets, olderThanMs, isGrowing),
    parts: makeGrowingParts(writer),
  }
}
