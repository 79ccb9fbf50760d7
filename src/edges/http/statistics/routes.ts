import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { worstOf } from '#flow/health/check.ts'
import { runChecks } from '#flow/health/run-checks.ts'
import type { Parts } from '#flow/parts.ts'
import { readHistory } from '#statistics/read-history.ts'
import { readStatistics } from '#statistics/read-statistics.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { problems } from '../schemas.ts'
import { HistorySchema, StatisticsSchema } from './schemas.ts'

const dayMs = 86_400_000
/** As long as hours are kept. */
const longestMs = 366 * dayMs

const Range = Type.Object(
  {
    since: Type.Optional(
      Type.String({ format: 'date-time', description: 'A day before `until` when left out' }),
    ),
    until: Type.Optional(Type.String({ format: 'date-time', description: 'Now when left out' })),
    points: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, default: 120, description: 'At most so many' }),
    ),
  },
  { additionalProperties: false },
)

/** /api/v1/statistics: for operators (P-71, U101, U122). */
export const statisticsRoutes: FastifyPluginAsyncTypebox<{
  readonly parts: Parts
  readonly access: Access
}> = async (app, { parts, access }) => {
  const operators = { role: 'operator', scope: 'runners' } as const
  guardCalls(app, access, { read: operators, write: operators })
  const now = {
    tags: ['statistics'],
    summary: 'How things stand now',
    response: { 200: StatisticsSchema, ...problems },
  }
  app.get('', { schema: now }, async () => {
    const [checks, statistics] = await Promise.all([
      runChecks(parts),
      readStatistics(parts.database),
    ])
    return { ...statistics, health: { state: worstOf(checks), checks: [...checks] } }
  })
  const history = {
    tags: ['statistics'],
    summary: 'The same over time',
    description:
      'A point for each step, which is as short as `points` allows: minutes of the last day, hours of the last year. How it was is a mean, the wait the longest; what happened is a sum.',
    querystring: Range,
    response: { 200: HistorySchema, ...problems },
  }
  app.get('/history', { schema: history }, async ({ query }) => {
    const at = new Date()
    const { since, until } = readRange(query, at)
    return readHistory(parts.database, { since, until, points: query.points ?? 120, now: at })
  })
}

function readRange(
  { since, until }: { since?: string; until?: string },
  now: Date,
): { since: Date; until: Date } {
  const end = until === undefined ? now : new Date(until)
  const begin = since === undefined ? new Date(end.getTime() - dayMs) : new Date(since)
  const lengthMs = end.getTime() - begin.getTime()
  if (lengthMs > 0 && lengthMs <= longestMs) return { since: begin, until: end }
  throw new ReelmillError('invalid_request', '`since` must be before `until`, at most a year.')
}
