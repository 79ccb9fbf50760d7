import { basename, isAbsolute } from 'node:path'
import type { Static } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { readSource, type SourceReference } from './source-reference.ts'

/** A file of the server's machine. */
interface NamedFile {
  readonly path: string
  readonly filename: string
}

/** The source that must be a file. Fails with `source_kind_unsupported` where it is another kind. */
export function requirePath(reference: Static<typeof SourceReference>): NamedFile {
  const source = readSource(reference)
  if (source.kind === 'path') return checkPath(source.path)
  throw new ReelmillError('source_kind_unsupported', 'Only {"path": …} can be planned.')
}

/**
 * The file that a caller names on the server's machine: any that the server can read, so only
 * operators may.
 */
export function checkPath(path: string): NamedFile {
  if (path.includes('\0') || !isAbsolute(path)) {
    throw new ReelmillError('invalid_request', 'The path of a source must be absolute.')
  }
  return { path, filename: basename(path) }
}
