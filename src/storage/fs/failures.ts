import { type ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'object_not_found',
  EISDIR: 'object_not_found',
  ENOTDIR: 'object_not_found',
  ENAMETOOLONG: 'key_invalid',
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
}

/** What a call of the file system failed with, in the words of the storage contract. */
export function toStorageError(error: unknown, key: string): ReelmillError {
  const code = codes[systemCode(error) ?? ''] ?? 'storage_unavailable'
  return new ReelmillError(code, undefined, { cause: error, details: { key } })
}

/** Settles as the call of the file system does, its failure in the words of the contract. */
export async function guarded<T>(key: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toStorageError(error, key)
  }
}

/** Whether there simply is no such file. */
export function isAbsent(error: unknown): boolean {
  const code = systemCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** The name of a system error ("ENOSPC"), or null for any other thing thrown. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}
