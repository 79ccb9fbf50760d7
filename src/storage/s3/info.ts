import type { ObjectInfo } from '../contract.ts'

/** S3 does not say when it wrote: here it is this machine's clock, in `head` the bucket's. */
export function infoOf(key: string, sizeBytes: number, etag: string | undefined): ObjectInfo {
  return { key, sizeBytes, modifiedAt: new Date(), etag: bareEtag(etag) }
}

/** The entity tag without its quotes. */
export function bareEtag(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '')
}
