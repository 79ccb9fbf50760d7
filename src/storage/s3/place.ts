import type { S3Client } from '@aws-sdk/client-s3'
import { checkKey } from '../keys.ts'
import type { S3Settings } from './settings.ts'

/** Where an object is, in the words of S3's calls. */
export interface Place {
  readonly Bucket: string
  readonly Key: string
}

/** The buckets of a storage and how they are reached. */
export interface Buckets {
  readonly client: S3Client
  readonly settings: S3Settings
  /** The bucket of sources, results and all that no other is for. */
  readonly main: string
  /** All buckets, each once. */
  readonly all: readonly string[]
}

/** The place of a key. Fails with `key_invalid`. */
export function placeOf({ main, settings }: Buckets, key: string): Place {
  checkKey(key)
  const open = settings.s3PublicBucket
  return {
    Bucket: open !== null && isPublic(settings, key) ? open : main,
    Key: `${keyPrefix(settings)}${key}`,
  }
}

/** Whether a key is one of a published video, by its first folder (M-43). */
export function isPublic({ s3PublicFolders }: S3Settings, key: string): boolean {
  return s3PublicFolders.includes(key.slice(0, Math.max(0, key.indexOf('/'))))
}

/** What the keys in the bucket begin with: "" or a folder with its "/". */
export function keyPrefix({ s3Prefix }: S3Settings): string {
  const folder = s3Prefix.replaceAll(/^\/+|\/+$/g, '')
  return folder === '' ? '' : `${checkKey(folder)}/`
}
