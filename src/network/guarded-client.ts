import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Agent } from 'undici'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { connectChecked, type Lookup, resolveChecked, systemLookup } from './connect-checked.ts'
import { limitBody } from './limit-body.ts'
import { toNetworkError } from './network-error.ts'
import { createUrlPolicy, hostnameOf, portOf, type UrlRules } from './url-policy.ts'

/** What one call may take. */
export interface CallLimits {
  /** To the answer's headers. */
  readonly headersMs: number
  /** Between two pieces of the body. */
  readonly idleMs: number
  /** From the first redirect's request to the last byte that is read of the body. */
  readonly wholeMs: number
  readonly bodyBytes: number
}

/** A call of an address that a user gave. */
export interface GuardedCall {
  readonly url: string
  /** GET unless said otherwise. */
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How many redirects of a GET or HEAD are followed, each checked anew; 0 unless said otherwise. */
  readonly redirects?: number
  readonly limits: CallLimits
  readonly signal?: AbortSignal
}

/** What was answered, a redirect that is not followed too. */
export interface GuardedAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Where it came from, at the end of the redirects. */
  readonly url: URL
  /**
   * As it was sent, never decompressed. Read it to its end or destroy it. Ends with a ReelmillError
   * `answer_too_large` or `address_unreachable` (it broke off, or was too slow).
   */
  readonly body: Readable
}

/** The one way to addresses that users give (security.md 2): imports and webhooks. */
export interface GuardedClient {
  /**
   * Checks an address as far as it can be without asking for its name.
   *
   * @throws ReelmillError `address_invalid`, `address_refused`.
   */
  read: (url: string) => void
  /**
   * Checks an address without calling it; its name must resolve.
   *
   * @throws ReelmillError `address_invalid`, `address_refused`, `address_unreachable`.
   */
  check: (url: string) => Promise<void>
  /**
   * Calls an address. Any status is an answer.
   *
   * @throws ReelmillError `address_invalid`, `address_refused`, `address_unreachable` (details.reason
   * says why), `answer_too_large`; `cancelled` when `signal` ended it.
   */
  call: (call: GuardedCall) => Promise<GuardedAnswer>
  /** Breaks off what is under way. */
  close: () => Promise<void>
}

interface Options extends UrlRules {
  /** How long a name may take to resolve, and then a connection to be made; 10 s by default. */
  readonly connectMs?: number
  readonly lookup?: Lookup
}

/** Makes the client. It keeps connections open for some seconds; close it at the end. */
export function openGuardedClient(options: Options): GuardedClient {
  const { connectMs = 10_000, lookup = systemLookup } = options
  const policy = createUrlPolicy(options)
  const guard = { policy, lookup, connectMs }
  const agent = new Agent({ connect: connectChecked(guard), allowH2: false, pipelining: 1 })

  const ask = async (url: URL, call: GuardedCall, signal: AbortSignal): Promise<GuardedAnswer> => {
    const { method = 'GET', headers = {}, body = null, limits } = call
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { 'user-agent': 'Reelmill', ...headers, 'accept-encoding': 'identity' },
      body,
      signal,
      headersTimeout: limits.headersMs,
      bodyTimeout: limits.idleMs,
    })
    return { status: answer.statusCode, headers: answer.headers, url, body: answer.body }
  }

  const call: GuardedClient['call'] = async (wanted) => {
    const signal = AbortSignal.any([
      AbortSignal.timeout(wanted.limits.wholeMs),
      ...(wanted.signal ? [wanted.signal] : []),
    ])
    const fail = (error: unknown) => toNetworkError(error, wanted.signal)
    let url = policy.readUrl(wanted.url)
    for (let left = wanted.redirects ?? 0; ; left -= 1) {
      const answer = await ask(url, wanted, signal).catch((error: unknown) => {
        throw fail(error)
      })
      const location = redirectOf(answer)
      if (location === null || (wanted.redirects ?? 0) === 0) {
        return { ...answer, body: limitBody(answer, wanted.limits.bodyBytes, fail) }
      }
      discard(answer.body)
      if (left === 0)
        throw new ReelmillError('address_refused', 'It is redirected again and again.')
      url = policy.readUrl(resolve(location, url))
    }
  }

  return {
    read: (text) => void policy.readUrl(text),
    check: async (text) => {
      const url = policy.readUrl(text)
      await resolveChecked(guard, hostnameOf(url), portOf(url))
    },
    call,
    close: () => agent.destroy(),
  }
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

function redirectOf({ status, headers }: GuardedAnswer): string | null {
  return redirectStatuses.has(status) ? (headers.location ?? null) : null
}

/** Whatever cannot be resolved is refused by the policy, which reads it next. */
function resolve(location: string, base: URL): string {
  return URL.parse(location, base.href)?.href ?? location
}

/** Nobody waits for it, so its end, also a broken one, tells nobody anything. */
function discard(body: Readable): void {
  body.on('error', () => undefined).destroy()
}
