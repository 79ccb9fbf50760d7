import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AddressOf, Notification, Said } from './notification.ts'

const Files = Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 500 }) }))

const Assembly = Type.Object({
  assembly_id: Type.String({ minLength: 1, maxLength: 500 }),
  ok: Type.Optional(Type.String()),
  error: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  results: Type.Optional(
    Type.Object({ watermarked: Type.Optional(Files), thumbnail: Type.Optional(Files) }),
  ),
})

const finished = 'ASSEMBLY_COMPLETED'
const ended: ReadonlySet<string> = new Set(['ASSEMBLY_CANCELED', 'REQUEST_ABORTED'])

/**
 * Reads an assembly's status (C-23): `results.watermarked[0]` is the film, `results.thumbnail[0]` the
 * picture. One that ended in any other way failed, so that nobody waits for ever (WC3).
 *
 * @throws ReelmillError `invalid_request`.
 */
export function readAssembly(body: string, addressOf: AddressOf): Notification {
  const value = parseJson(body)
  if (!Value.Check(Assembly, value)) {
    throw new ReelmillError('invalid_request', 'This is not the status of an assembly.')
  }
  const { assembly_id: externalId, ok, error, message, results } = value
  const film = results?.watermarked?.[0]
  const picture = results?.thumbnail?.[0]
  const said = (): Said => {
    if (error !== undefined || ended.has(ok ?? '')) {
      return fail(message ?? error ?? 'The assembly was cancelled.')
    }
    if (ok !== undefined && ok !== finished) return { outcome: 'under_way', facts: {} }
    if (!film) return fail('The assembly ended without a film.')
    const video = addressOf(['watermarked', externalId, film.name])
    const thumbnail = picture ? addressOf(['thumbnail', externalId, picture.name]) : null
    return { outcome: 'finished', facts: { video, thumbnail } }
  }
  return { form: 'assembly', externalId, said: said(), body }
}

function fail(message: string): Said {
  return { outcome: 'failed', facts: { message } }
}

/** The value, or undefined where the text is no JSON, which no schema lets pass. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
