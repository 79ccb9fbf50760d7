import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3'
import type { ObjectInfo } from '../contract.ts'
import { isAbsent, toStorageError } from './failures.ts'
import { bareEtag } from './info.ts'
import { type Buckets, placeOf } from './place.ts'

/** An object with what else is kept of it. */
export interface Found {
  readonly info: ObjectInfo
  readonly headers: { readonly ContentType?: string; readonly CacheControl?: string }
}

/** Looks for an object; null where there is none. */
export async function findObject(buckets: Buckets, key: string): Promise<Found | null> {
  const place = placeOf(buckets, key)
  try {
    return toFound(key, await buckets.client.send(new HeadObjectCommand(place)))
  } catch (error) {
    if (isAbsent(error)) return null
    throw toStorageError(error, key)
  }
}

function toFound(key: string, head: HeadObjectCommandOutput): Found {
  const { ContentLength = 0, LastModified = new Date(0), ETag, ContentType, CacheControl } = head
  return {
    info: { key, sizeBytes: ContentLength, modifiedAt: LastModified, etag: bareEtag(ETag) },
    headers: {
      ...(ContentType === undefined ? {} : { ContentType }),
      ...(CacheControl === undefined ? {} : { CacheControl }),
    },
  }
}
