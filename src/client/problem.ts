import type { components } from './schema.ts'

/** A problem as the server tells it (RFC 9457). */
export type ProblemDocument = components['schemas']['Problem']

/** What the server refused or could not do; `code` is stable (docs/errors.md). */
export class ReelmillProblem extends Error {
  override readonly name = 'ReelmillProblem'
  /** `server_refused` where the answer was none of Reelmill's, as of a proxy in between. */
  readonly code: ProblemDocument['code']
  readonly status: number
  /** For the server's log; null where the answer was none of Reelmill's. */
  readonly requestId: string | null
  readonly document: ProblemDocument | null

  constructor(status: number, document: ProblemDocument | null) {
    super(document?.detail ?? `The server answered ${status}.`)
    this.status = status
    this.code = document?.code ?? 'server_refused'
    this.requestId = document?.requestId ?? null
    this.document = document
  }
}

/** The answer's problem, whoever gave it. */
export async function readProblem(response: Response): Promise<ReelmillProblem> {
  const type = response.headers.get('content-type') ?? ''
  const isOurs = type.startsWith('application/problem+json')
  const document = isOurs ? ((await response.json()) as ProblemDocument) : null
  return new ReelmillProblem(response.status, document)
}
