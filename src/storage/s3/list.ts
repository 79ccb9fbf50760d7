import {
  type _Object,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3'
import type { ObjectInfo } from '../contract.ts'
import { checkPrefix, isKey } from '../keys.ts'
import { guarded } from './failures.ts'
import { bareEtag } from './info.ts'
import { type Buckets, isPublic, keyPrefix } from './place.ts'

/** The objects below a prefix in the order of their keys, of all buckets that may hold them. */
export async function* listObjects(buckets: Buckets, prefix: string): AsyncGenerator<ObjectInfo> {
  const folder = checkPrefix(prefix)
  const [first = '', second] = bucketsOf(buckets, folder)
  if (second === undefined) yield* listBucket(buckets, first, folder)
  else yield* merge(listBucket(buckets, first, folder), listBucket(buckets, second, folder))
}

function bucketsOf({ main, all, settings }: Buckets, folder: string): readonly string[] {
  if (folder === '') return all
  const open = settings.s3PublicBucket
  return [open !== null && isPublic(settings, folder) ? open : main]
}

async function* listBucket(
  { client, settings }: Buckets,
  Bucket: string,
  folder: string,
): AsyncGenerator<ObjectInfo> {
  const root = keyPrefix(settings)
  let next: string | undefined
  do {
    const page: ListObjectsV2CommandOutput = await guarded(
      folder,
      client.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix: `${root}${folder}`,
          ...(next === undefined ? {} : { ContinuationToken: next }),
        }),
      ),
    )
    // Small servers that keep files list folder by folder.
    for (const { Key = '', ...found } of (page.Contents ?? []).toSorted(byKey)) {
      const key = Key.slice(root.length)
      // Objects of others, such as the "folders" of some consoles, have names that are no keys.
      if (!isKey(key)) continue
      const { Size: sizeBytes = 0, LastModified: modifiedAt = new Date(0), ETag } = found
      yield { key, sizeBytes, modifiedAt, etag: bareEtag(ETag) }
    }
    next = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (next !== undefined)
}

function byKey({ Key: one = '' }: _Object, { Key: other = '' }: _Object): number {
  return one < other ? -1 : 1
}

/** Two ordered lists as one. */
async function* merge(
  one: AsyncGenerator<ObjectInfo>,
  other: AsyncGenerator<ObjectInfo>,
): AsyncGenerator<ObjectInfo> {
  let [left, right] = [await one.next(), await other.next()]
  while (!left.done && !right.done) {
    if (left.value.key < right.value.key) {
      yield left.value
      left = await one.next()
    } else {
      yield right.value
      right = await other.next()
    }
  }
  for (; !left.done; left = await one.next()) yield left.value
  for (; !right.done; right = await other.next()) yield right.value
}
