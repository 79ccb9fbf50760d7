import type { FastifyBaseLogger } from 'fastify'
import { Type } from 'typebox'
import { toDatabaseError } from '#database/connection.ts'
import type { ErrorCode } from '#errors/catalogue.ts'
import { toReelmillError } from '#errors/reelmill-error.ts'

/** What became of one item of a call about many. */
export interface BulkItem {
  readonly id: string
  readonly success: boolean
  readonly code?: ErrorCode
  /** A sentence for whoever asked. */
  readonly error?: string
}

/** What became of a call about many; one that cannot be done keeps none of the others (P-76). */
export interface BulkOutcome {
  /** 0: none was done; 1: all; 2: some. */
  readonly success: 0 | 1 | 2
  /** In the order of the call. */
  readonly results: readonly BulkItem[]
}

/** BulkOutcome as a schema. */
export const BulkOutcomeSchema = Type.Object({
  success: Type.Enum([0, 1, 2], { description: '0: none was done; 1: all; 2: some' }),
  results: Type.Array(
    Type.Object({
      id: Type.String(),
      success: Type.Boolean(),
      code: Type.Optional(Type.String({ description: 'Stable; one of docs/errors.md' })),
      error: Type.Optional(Type.String({ description: 'A sentence' })),
    }),
  ),
})

/**
 * Does the same with many, one after the other, each once, in transactions of their own. What is
 * refused is told with its item; what is our own fault is logged too.
 */
export async function doToEach(
  ids: readonly string[],
  act: (id: string) => Promise<unknown>,
  log: FastifyBaseLogger,
): Promise<BulkOutcome> {
  const results: BulkItem[] = []
  for (const id of new Set(ids)) results.push(await tryOne(id, act, log))
  const done = results.filter(({ success }) => success).length
  return { success: done === 0 ? 0 : done === results.length ? 1 : 2, results }
}

async function tryOne(
  id: string,
  act: (id: string) => Promise<unknown>,
  log: FastifyBaseLogger,
): Promise<BulkItem> {
  try {
    await act(id)
    return { id, success: true }
  } catch (thrown) {
    const error = toReelmillError(toDatabaseError(thrown))
    if (error.status >= 500) log.error({ err: thrown, id }, 'one of many could not be done')
    return { id, success: false, code: error.code, error: error.message }
  }
}
