import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { StorageParts } from '../contract.ts'
import { partBytes } from './cut.ts'
import { guarded, nameOf, statusOf, toStorageError } from './failures.ts'
import { findObject } from './head.ts'
import { placeOf } from './place.ts'
import { headersOf, type Writer } from './write.ts'

/** Objects that grow part by part, over the lives of several servers, as multipart uploads. */
export function makeGrowingParts({ buckets, slots }: Writer): StorageParts {
  const { client, settings } = buckets
  return {
    partBytes: (number) => partBytes(number, settings.s3TransferMultipartChunksize),
    async begin(key) {
      const headers = headersOf(settings, {})
      const command = new CreateMultipartUploadCommand({ ...placeOf(buckets, key), ...headers })
      return (await guarded(key, client.send(command))).UploadId ?? ''
    },
    async add(key, { uploadId, number }, bytes) {
      const place = { ...placeOf(buckets, key), UploadId: uploadId, PartNumber: number }
      const giveFree = await slots.take()
      try {
        const command = new UploadPartCommand({ ...place, Body: bytes })
        return (await guarded(key, client.send(command))).ETag ?? ''
      } finally {
        giveFree()
      }
    },
    async complete(key, { uploadId, tags, sizeBytes }) {
      const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }))
      const command = new CompleteMultipartUploadCommand({
        ...placeOf(buckets, key),
        UploadId: uploadId,
        MultipartUpload: { Parts },
      })
      try {
        await client.send(command)
      } catch (error) {
        // A try whose answer was lost may have done it: then the upload is no more, and the object there.
        const found = await findObject(buckets, key)
        if (found?.info.sizeBytes !== sizeBytes) throw toStorageError(error, key)
      }
    },
    async abandon(key, uploadId) {
      const place = { ...placeOf(buckets, key), UploadId: uploadId }
      try {
        await client.send(new AbortMultipartUploadCommand(place))
      } catch (error) {
        // A server that cannot do that removes them itself some day (lifecycle rules).
        const isDone = nameOf(error) === 'NoSuchUpload'
        const isUnknown = [405, 501].includes(statusOf(error) ?? 0)
        if (!isDone && !isUnknown) throw toStorageError(error, key)
      }
    },
  }
}
