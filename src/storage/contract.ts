import type { Readable } from 'node:stream'

/**
 * Where sources and outputs are kept. Keys are relative, "/"-separated paths of plain names
 * (storage/keys.ts). A driver fails with `object_not_found`, `key_invalid`, `disk_full` or
 * `storage_unavailable` and nothing else.
 */
export interface Storage {
  /**
   * Writes an object whole: a reader sees the old one or the new one, never a part. Parents come
   * into being as needed.
   */
  put(key: string, body: Buffer | Readable, options?: PutOptions): Promise<ObjectInfo>
  /**
   * Takes over a file of this machine as an object, moving it where that is cheaper than copying.
   * The file is gone afterwards.
   */
  putFile(key: string, path: string, options?: PutOptions): Promise<ObjectInfo>
  /**
   * Reads an object, or the bytes from `start` to `end` inclusive. Fails before the first byte. With
   * `ifEtag` only when the object is still that one, else `object_not_found`.
   */
  get(key: string, range?: ByteRange): Promise<Readable>
  /** What is there under the key, or null. */
  head(key: string): Promise<ObjectInfo | null>
  /** Every object below a prefix, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>
  /**
   * Writes the bytes of one object under another key, inside the storage. With `ifEtag` only when the
   * object is still that one, else `object_not_found`.
   */
  copy(from: string, to: string, options?: CopyOptions): Promise<ObjectInfo>
  /** Removes the object; one that is not there is no error. */
  delete(key: string): Promise<void>
  /**
   * Removes everything below a prefix. Once `signal` is aborted no more is removed, and it fails with
   * `storage_unavailable`; what was asked of the storage by then may still be done.
   */
  deleteAll(prefix: string, signal?: AbortSignal): Promise<void>
  /**
   * The object as a file of this machine for a program that reads files, or null where the driver
   * has none. Read-only, and gone when the object is.
   */
  localPath(key: string): string | null
  /**
   * Removes what writers left that were killed in the middle: at once where it can be told that
   * they are gone, else when nothing was written for `olderThanMs`. What grows under a key that
   * `isGrowing` knows stays. Returns how many went.
   */
  sweepTemporary(olderThanMs: number, isGrowing?: (key: string) => boolean): Promise<number>
  /** Makes objects of parts; null where they are files, which can be added to (`localPath`). */
  readonly parts: StorageParts | null
  /**
   * Signs addresses at which the storage itself serves its objects, or null where it has none: then
   * the server serves them, at addresses that it signs itself.
   */
  readonly signer: StorageSigner | null
}

/** Bytes of an object, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
  readonly ifEtag?: string
}

/** Objects that grow part by part over the lives of several processes, and are there when complete. */
export interface StorageParts {
  /** How many bytes the part of this number, from 1, holds; only the last may have fewer. */
  partBytes(number: number): number
  /** Begins an object; what comes back names what grows. */
  begin(key: string): Promise<string>
  /** Adds a part, in place of one of its number; what comes back names these very bytes. */
  add(key: string, part: GrowingPart, bytes: Buffer): Promise<string>
  /** Makes the object of exactly these parts. Repeatable. */
  complete(key: string, parts: CompleteParts): Promise<void>
  /** Removes what grew; what is not there any more is no error. */
  abandon(key: string, uploadId: string): Promise<void>
}

export interface GrowingPart {
  readonly uploadId: string
  readonly number: number
}

export interface CompleteParts {
  readonly uploadId: string
  /** Of all parts, in their order. */
  readonly tags: readonly string[]
  /** Of the whole object. */
  readonly sizeBytes: number
}

/** Addresses of single objects that need no other credentials and expire. */
export interface StorageSigner {
  /** For GET, with ranges; S3 signs the method too, so HEAD is refused there. */
  get(key: string, options: SignedGet): Promise<string>
  /** For one PUT of the whole object; the headers must be sent with it. */
  put(key: string, options: SignedPut): Promise<SignedRequest>
  /** For a browser's form: the fields, then the file as `file` (POST Object). */
  post(key: string, policy: PostPolicy): Promise<SignedForm>
  /** The address of an object that everybody may read, at the CDN if there is one; else null. */
  publicUrl(key: string): string | null
}

export interface SignedGet {
  readonly expiresSeconds: number
  /** Has the answer saved under this name. */
  readonly filename?: string
}

export interface SignedPut {
  readonly expiresSeconds: number
  readonly contentType?: string
  /** Where it is given, a body of any other size is refused by the storage. */
  readonly sizeBytes?: number
}

export interface SignedRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** What the storage itself holds an upload to (M-23). */
export interface PostPolicy {
  readonly expiresSeconds: number
  readonly maxBytes: number
  /** "video/": what the content type must begin with. */
  readonly contentTypePrefix: string
}

export interface SignedForm {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/** With a type or `Cache-Control` of its own, the copy has these and none of the object's. */
export interface CopyOptions extends PutOptions {
  readonly ifEtag?: string
}

export interface PutOptions {
  readonly contentType?: string
  /** A `Cache-Control` for those who read it from the storage itself. */
  readonly cacheControl?: string
}

export interface ObjectInfo {
  readonly key: string
  readonly sizeBytes: number
  readonly modifiedAt: Date
  /** Changes when the bytes change; usable as an HTTP entity tag (without quotes). */
  readonly etag: string
}
