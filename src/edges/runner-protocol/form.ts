import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Longest name of a field, "payload[segments][720p-hevc]" and more. */
const maxNameLength = 200

/** Texts of a form by name; names in brackets are nested. */
export interface Fields {
  [name: string]: string | Fields
}

/**
 * Puts a multipart form where a JSON body would be, so that both are checked by the same schema:
 * names in brackets become nesting, texts become the numbers that the schema asks for (runner
 * protocol 1.1). Other requests are left alone. Files are refused, and nothing of them is kept.
 *
 * @throws ReelmillError `invalid_request`.
 */
export async function readForm(request: FastifyRequest, schema: TSchema): Promise<void> {
  if (!request.isMultipart()) return
  const fields: Fields = Object.create(null)
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      part.file.resume()
      throw new ReelmillError('invalid_request', `${part.fieldname}: this call takes no files.`)
    }
    setField(fields, parseName(part.fieldname), String(part.value))
  }
  request.body = Value.Convert(schema, fields)
}

/** "payload[segments][720p]" → ["payload", "segments", "720p"]. */
export function parseName(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]+\])*)$/.exec(name)
  if (!match || name.length > maxNameLength) {
    throw new ReelmillError('invalid_request', 'A field of the form has a name that is not valid.')
  }
  const [, first = '', rest = ''] = match
  return [first, ...rest.split(/[[\]]+/).filter((step) => step !== '')]
}

/** Puts a text into its place. Objects here have no prototype, so no name can reach one. */
export function setField(fields: Fields, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    fields[name] = value
    return
  }
  const inner = fields[name]
  const nested: Fields = typeof inner === 'object' ? inner : Object.create(null)
  fields[name] = nested
  setField(nested, rest, value)
}
