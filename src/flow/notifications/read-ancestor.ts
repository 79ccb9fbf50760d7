import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AddressOf, Notification, Said } from './notification.ts'
import { parseJson } from './read-assembly.ts'

const Key = Type.String({ minLength: 1, maxLength: 1024 })

const Report = Type.Object({
  status: Type.Enum(['success', 'failure']),
  inputObject: Key,
  outputObject: Type.Optional(Type.Union([Key, Type.Literal(''), Type.Null()])),
  thumbnail: Type.Optional(Type.Union([Key, Type.Literal(''), Type.Null()])),
  message: Type.Optional(Type.String()),
})

/**
 * Reads the report of a simple worker (C-24): the video's external id is the input's key; keys may
 * begin with `media/private/`, which is not part of them. A failure needs no output.
 *
 * @throws ReelmillError `invalid_request`.
 */
export function readAncestor(body: string, addressOf: AddressOf): Notification {
  const value = parseJson(body)
  if (!Value.Check(Report, value)) {
    throw new ReelmillError('invalid_request', 'This is not the report of a worker.')
  }
  const { status, inputObject, outputObject, thumbnail, message } = value
  const said = (): Said => {
    if (status === 'failure') {
      return { outcome: 'failed', facts: { message: message ?? 'The worker failed.' } }
    }
    if (!outputObject) throw new ReelmillError('invalid_request', 'outputObject is missing.')
    const address = (key: string): string => addressOf(stripPrefix(key).split('/'))
    const facts = {
      video: address(outputObject),
      thumbnail: thumbnail ? address(thumbnail) : null,
    }
    return { outcome: 'finished', facts }
  }
  return { form: 'ancestor', externalId: stripPrefix(inputObject), said: said(), body }
}

function stripPrefix(key: string): string {
  return key.replace(/^media\/private\//, '')
}
