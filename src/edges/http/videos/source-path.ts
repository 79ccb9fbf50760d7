import { basename, isAbsolute } from 'node:path'
import { type Static, Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Where a video's bytes are: exactly one of the three. */
export const SourceReference = Type.Object(
  {
    path: Type.Optional(
      Type.String({ minLength: 1, maxLength: 4096, description: "A file of the server's machine" }),
    ),
    url: Type.Optional(Type.String({ maxLength: 4096, description: 'Not supported yet' })),
    key: Type.Optional(Type.String({ maxLength: 1024, description: 'Not supported yet' })),
  },
  { additionalProperties: false },
)

/**
 * The file that a caller names on the server's machine. Whoever may call the API may name any file
 * that the server can read: it is either a person of this machine or the holder of ADMIN_KEY.
 */
export function requirePath(source: Static<typeof SourceReference>): {
  readonly path: string
  readonly filename: string
} {
  const { path, url, key } = source
  if (url !== undefined || key !== undefined) {
    throw new ReelmillError('source_kind_unsupported', 'Only {"path": …} is supported as yet.')
  }
  if (path === undefined) throw new ReelmillError('invalid_request', 'The source names no file.')
  if (path.includes('\0') || !isAbsolute(path)) {
    throw new ReelmillError('invalid_request', 'The path of a source must be absolute.')
  }
  return { path, filename: basename(path) }
}
