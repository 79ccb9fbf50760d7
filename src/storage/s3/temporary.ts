import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
} from '@aws-sdk/client-s3'
import { guarded, nameOf, statusOf, toStorageError } from './failures.ts'
import { type Buckets, keyPrefix } from './place.ts'

interface Unfinished {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
}

/**
 * Removes the parts of uploads that nobody has written to for `olderThanMs`: whose they are cannot be
 * told. Returns how many uploads went.
 */
export async function sweepUploads(
  buckets: Buckets,
  olderThanMs: number,
  isGrowing: (key: string) => boolean = () => false,
): Promise<number> {
  const prefix = keyPrefix(buckets.settings)
  const before = new Date(Date.now() - olderThanMs)
  let removed = 0
  for (const bucket of buckets.all) {
    for await (const upload of listBegunBefore(buckets, bucket, before)) {
      if (isGrowing(upload.Key.slice(prefix.length))) continue
      if (await hasPartSince(buckets, upload, before)) continue
      await abort(buckets, upload)
      removed += 1
    }
  }
  return removed
}

async function* listBegunBefore(
  { client, settings }: Buckets,
  Bucket: string,
  before: Date,
): AsyncGenerator<Unfinished> {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | null = {}
  while (marker) {
    const command: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({
      Bucket,
      Prefix: keyPrefix(settings),
      ...marker,
    })
    const page: ListMultipartUploadsCommandOutput | null = await client
      .send(command)
      .catch((error: unknown) => {
        // A server that cannot list them has to be told to remove them itself (lifecycle rules).
        if (statusOf(error) === 501) return null
        throw toStorageError(error, '')
      })
    for (const { Key = '', UploadId = '', Initiated = new Date() } of page?.Uploads ?? []) {
      if (Initiated < before) yield { Bucket, Key, UploadId }
    }
    marker = page?.IsTruncated ? markerOf(page) : null
  }
}

function markerOf({ NextKeyMarker, NextUploadIdMarker }: ListMultipartUploadsCommandOutput) {
  return {
    ...(NextKeyMarker === undefined ? {} : { KeyMarker: NextKeyMarker }),
    ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
  }
}

async function hasPartSince(
  { client }: Buckets,
  upload: Unfinished,
  since: Date,
): Promise<boolean> {
  let marker: string | undefined
  try {
    do {
      const command: ListPartsCommand = new ListPartsCommand({
        ...upload,
        ...(marker === undefined ? {} : { PartNumberMarker: marker }),
      })
      const page = await client.send(command)
      const dates = (page.Parts ?? []).map(({ LastModified = new Date(0) }) => LastModified)
      if (dates.some((date) => date >= since)) return true
      // Ceph names a next marker on the last page too: only this says whether there is another.
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined
    } while (marker !== undefined)
    return false
  } catch (error) {
    // It was finished or given up in between: then there is nothing to remove.
    if (nameOf(error) === 'NoSuchUpload') return true
    throw toStorageError(error, upload.Key)
  }
}

async function abort({ client }: Buckets, upload: Unfinished): Promise<void> {
  await guarded(upload.Key, client.send(new AbortMultipartUploadCommand({ ...upload })))
}
