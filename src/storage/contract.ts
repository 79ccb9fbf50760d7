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
  putFile(key: string, path: string): Promise<ObjectInfo>
  /** Reads an object, or the bytes from `start` to `end` inclusive. Fails before the first byte. */
  get(key: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>
  /** What is there under the key, or null. */
  head(key: string): Promise<ObjectInfo | null>
  /** Every object below a prefix, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>
  /** Removes the object; one that is not there is no error. */
  delete(key: string): Promise<void>
  /** Removes everything below a prefix. */
  deleteAll(prefix: string): Promise<void>
  /**
   * The object as a file of this machine for a program that reads files, or null where the driver
   * has none. Read-only, and gone when the object is.
   */
  localPath(key: string): string | null
  /**
   * Removes what writers left that were killed in the middle: at once where it can be told that
   * they are gone, else when nothing was written for `olderThanMs`. Returns how many went.
   */
  sweepTemporary(olderThanMs: number): Promise<number>
}

export interface PutOptions {
  readonly contentType?: string
}

export interface ObjectInfo {
  readonly key: string
  readonly sizeBytes: number
  readonly modifiedAt: Date
  /** Changes when the bytes change; usable as an HTTP entity tag (without quotes). */
  readonly etag: string
}
