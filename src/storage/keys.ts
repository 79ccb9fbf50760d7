import { ReelmillError } from '#errors/reelmill-error.ts'

const longestKey = 900
const plainName = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/

/**
 * The key itself when it is a relative path of plain names: letters, digits, "_", "-" and, but for
 * the first place, ".". So there is no "..", no hidden file, no empty name, nothing absolute, and
 * nothing that a URL, S3 or a file system spells differently. Fails with `key_invalid`.
 */
export function checkKey(key: string): string {
  if (isKey(key)) return key
  throw new ReelmillError('key_invalid', undefined, { details: { key: key.slice(0, longestKey) } })
}

/** Whether a text can be a key; see `checkKey`. */
export function isKey(key: string): boolean {
  return key.length <= longestKey && key.split('/').every((name) => plainName.test(name))
}

/**
 * A prefix is a folder: a key with or without "/" at its end, or "" for everything. Comes back as
 * "" or with the "/". Fails with `key_invalid`.
 */
export function checkPrefix(prefix: string): string {
  if (prefix === '') return ''
  return `${checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)}/`
}
