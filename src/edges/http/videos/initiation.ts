import { type Static, Type } from 'typebox'
import { requireStorable } from '../require-storable.ts'
import { refuseField } from './refuse-field.ts'

/** What is asked for; what is missing is said in the words that clients of such uploads know. */
export const InitiateBody = Type.Object({
  filename: Type.Optional(Type.String({ maxLength: 500 })),
  mimetype: Type.Optional(
    Type.String({ maxLength: 200, description: 'May be blank; audio/… for sound' }),
  ),
  size: Type.Optional(Type.Integer({ description: 'Bytes of the file' })),
  method: Type.Optional(
    Type.Enum(['POST', 'PUT'], { description: 'POST, a form, unless said otherwise' }),
  ),
})

/** An upload that somebody asks an address for. */
export interface Initiation {
  readonly filename: string
  /** "" where it is not known. */
  readonly mimetype: string
  readonly sizeBytes: number
  readonly method: 'POST' | 'PUT'
}

/** @throws ReelmillError `invalid_request` with a member named for the field (M-21). */
export function readInitiation(body: Static<typeof InitiateBody>, maxBytes: number): Initiation {
  const { filename, mimetype = '', size, method = 'POST' } = body
  if (!filename) throw refuseField('filename', 'This field is required.')
  if (size === undefined) throw refuseField('size', 'This field is required.')
  if (size < 1) throw refuseField('size', 'Ensure this value is greater than or equal to 1.')
  if (size > maxBytes) {
    throw refuseField('size', `file too large, max size allowed is ${maxBytes} Bytes`)
  }
  requireStorable(filename)
  return { filename: filename.slice(0, 255), mimetype, sizeBytes: size, method }
}

/** What the content type of the upload must begin with: a film unless it is said to be sound. */
export function readTypePrefix(mimetype: string): string {
  return mimetype.startsWith('audio/') ? 'audio/' : 'video/'
}
