/** A refusal of the double: what PeerTube answers, RFC 7807 (1.1). */
export class Refusal extends Error {
  readonly status: number
  readonly code: string | null
  readonly invalidParams: readonly string[]

  constructor(
    status: number,
    detail: string,
    more: { readonly code?: string; readonly invalid?: readonly string[] } = {},
  ) {
    super(detail)
    this.status = status
    this.code = more.code ?? null
    this.invalidParams = more.invalid ?? []
  }
}

const docs = 'https://docs.joinpeertube.org/api-rest-reference.html#section/Errors/'

/** The body of the answer. */
export function presentRefusal({ status, message, code, invalidParams }: Refusal): object {
  return {
    type: code === null ? 'about:blank' : docs + code,
    ...(code === null ? { title: 'Refused' } : { code }),
    detail: message,
    status,
    error: message,
    ...(invalidParams.length > 0
      ? {
          'invalid-params': Object.fromEntries(
            invalidParams.map((path) => [path, { type: 'field', path, location: 'body' }]),
          ),
        }
      : {}),
  }
}

/** A text of 1 to `max` characters in a body, or 400. */
export function requireText(body: object, field: string, max = 1000): string {
  const value: unknown = Reflect.get(body, field)
  if (typeof value === 'string' && value.length > 0 && value.length <= max) return value
  throw new Refusal(400, `Incorrect request parameters: ${field}`, { invalid: [field] })
}

/** The version where there is one, or 400: strict since 8.0. */
export function readVersion(body: object): string | null {
  const value: unknown = Reflect.get(body, 'version')
  if (value === undefined) return null
  if (typeof value === 'string' && /^\d+\.\d+\.\d+(-(rc|alpha|beta)\.\d+)?$/.test(value))
    return value
  throw new Refusal(400, 'Incorrect request parameters: version', { invalid: ['version'] })
}
