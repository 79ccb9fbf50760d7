import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

interface Extras {
  readonly json?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls a server's API below a base address; the answer's JSON, or undefined for 204. */
export type Caller = <T>(method: string, path: string, extras?: Extras) => Promise<T>

/**
 * Calls below `base` with a key, where there is one.
 *
 * @throws ReelmillError that the server's problem says, or `server_unreachable`.
 */
export function createCaller(base: string, key: string | null): Caller {
  const authorization: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  return async <T>(method: string, path: string, { json, headers }: Extras = {}): Promise<T> => {
    const response = await send(`${base}${path}`, {
      method,
      headers: {
        ...authorization,
        ...headers,
        ...(json ? { 'content-type': 'application/json' } : {}),
      },
      ...(json ? { body: JSON.stringify(json) } : {}),
    })
    if (!response.ok) throw await toError(response, key)
    // What our own server sends; 204 sends nothing, and nothing is expected then.
    return (response.status === 204 ? undefined : await response.json()) as T
  }
}

async function send(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options)
  } catch (cause) {
    const { origin } = new URL(url)
    throw new ReelmillError('server_unreachable', `No server answers at ${origin}.`, { cause })
  }
}

/** The server's problem as the error that it was there. */
async function toError(response: Response, key: string | null): Promise<ReelmillError> {
  const text = await response.text()
  const { code, detail } = parseProblem(text)
  if (code === 'unauthorized') {
    const wanted = 'The server wants its key: --key KEY, or ADMIN_KEY.'
    return new ReelmillError('unauthorized', key ? detail : wanted)
  }
  if (code !== undefined && code in catalogue) return new ReelmillError(code as ErrorCode, detail)
  return new ReelmillError('internal', `The server answered ${response.status}.`, {
    details: { body: text.slice(0, 500) },
  })
}

function parseProblem(text: string): { readonly code?: string; readonly detail?: string } {
  try {
    return JSON.parse(text) as { code?: string; detail?: string }
  } catch {
    // A proxy's page rather than our server's answer; its status is all there is to tell.
    return {}
  }
}
