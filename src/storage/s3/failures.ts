import { S3ServiceException } from '@aws-sdk/client-s3'
import type { ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

const codes: Readonly<Record<string, ErrorCode>> = {
  NoSuchKey: 'object_not_found',
  NotFound: 'object_not_found',
  PreconditionFailed: 'object_not_found',
  InvalidObjectName: 'key_invalid',
  KeyTooLongError: 'key_invalid',
  QuotaExceeded: 'disk_full',
  XMinioStorageFull: 'disk_full',
  InsufficientStorage: 'disk_full',
}

/** What a call of S3 failed with, in the words of the storage contract. */
export function toStorageError(error: unknown, key: string): ReelmillError {
  if (error instanceof ReelmillError) return error
  const name = nameOf(error)
  const code = codes[name] ?? (statusOf(error) === 507 ? 'disk_full' : 'storage_unavailable')
  const answer = error instanceof S3ServiceException ? { answer: name } : {}
  return new ReelmillError(code, undefined, { cause: error, details: { key, ...answer } })
}

/** Settles as the call of S3 does, its failure in the words of the contract. */
export async function guarded<T>(key: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toStorageError(error, key)
  }
}

/** Whether there simply is no such object. */
export function isAbsent(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes(nameOf(error))
}

/** What S3 calls the failure ("NoSuchUpload"), or what the thrown thing calls itself. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

/** The HTTP status of S3's answer, or null when there was none. */
export function statusOf(error: unknown): number | null {
  return error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? null) : null
}
