import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { requireStorable } from '../require-storable.ts'
import { Filename } from '../schemas.ts'

/**
 * The name that an uploader gives a file, when it can be kept. It is shown, and never a path here.
 *
 * @throws ReelmillError `invalid_request`.
 */
export function requireFilename(name: string): string {
  requireStorable(name)
  if (Value.Check(Filename, name)) return name
  throw new ReelmillError('invalid_request', 'The file name is longer than 255 characters.')
}
