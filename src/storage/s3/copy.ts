import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { CopyOptions, ObjectInfo } from '../contract.ts'
import { isAbsent, toStorageError } from './failures.ts'
import { findObject } from './head.ts'
import type { Headers } from './headers.ts'
import { infoOf } from './info.ts'
import { inParts } from './multipart.ts'
import { type Buckets, placeOf } from './place.ts'
import { headersOf, type Writer } from './write.ts'

/** S3 copies 5 GB in one call at most; smaller parts are copied at the same time. */
const copyPartBytes = 512 * 1024 ** 2

/**
 * Has the S3 server write the bytes of one object under another key. What is copied is the object
 * that was found first, by its entity tag, also where it is replaced at that moment.
 */
export async function copyObject(
  writer: Writer,
  from: string,
  to: string,
  {
    ifEtag,
    partBytes = copyPartBytes,
    ...options
  }: CopyOptions & { readonly partBytes?: number } = {},
): Promise<ObjectInfo> {
  const { buckets } = writer
  const place = placeOf(buckets, to)
  const found = await findObject(buckets, from)
  if (!found || (ifEtag !== undefined && found.info.etag !== ifEtag)) throw absent(from)
  const { info } = found
  const headers = describe(buckets, options, found.headers)
  const { Bucket, Key } = placeOf(buckets, from)
  const source = { CopySource: `${Bucket}/${Key}`, CopySourceIfMatch: `"${info.etag}"` }
  try {
    if (info.sizeBytes <= partBytes) {
      const command = new CopyObjectCommand({ ...headers.whole, ...place, ...source })
      const { CopyObjectResult } = await buckets.client.send(command)
      return infoOf(to, info.sizeBytes, CopyObjectResult?.ETag)
    }
    const ranges = cutRange(info.sizeBytes, partBytes)
    const target = { key: to, place, headers: headers.parts }
    const etag = await inParts(writer, target, ranges, async (part, CopySourceRange, signal) => {
      const command = new UploadPartCopyCommand({ ...part, ...source, CopySourceRange })
      const { CopyPartResult } = await buckets.client.send(command, { abortSignal: signal })
      return CopyPartResult?.ETag
    })
    return infoOf(to, info.sizeBytes, etag)
  } catch (error) {
    throw isAbsent(error) ? absent(from) : toStorageError(error, from)
  }
}

/** What a copy has that is told, else what the object has: a copy in parts is an upload, and forgets. */
function describe({ settings }: Buckets, options: CopyOptions, kept: Headers) {
  const told = headersOf(settings, options)
  const isTold = options.contentType !== undefined || options.cacheControl !== undefined
  return {
    whole: isTold ? { ...told, MetadataDirective: 'REPLACE' as const } : told,
    parts: isTold ? told : { ...told, ...kept },
  }
}

function cutRange(sizeBytes: number, partBytes: number): string[] {
  return Array.from({ length: Math.ceil(sizeBytes / partBytes) }, (_, index) => {
    const start = index * partBytes
    return `bytes=${start}-${Math.min(start + partBytes, sizeBytes) - 1}`
  })
}

function absent(key: string): ReelmillError {
  return new ReelmillError('object_not_found', undefined, { details: { key } })
}
