import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { problems } from './schemas.ts'

const Health = Type.Object({ status: Type.Literal('ok') })

/** Whether the process answers, and whether it can work (U121). */
export const healthRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  const schema = { tags: ['server'], response: { 200: Health, ...problems } }
  app.get('/health/live', { schema: { ...schema, summary: 'The process answers' } }, async () => ({
    status: 'ok' as const,
  }))
  app.get(
    '/health/ready',
    { schema: { ...schema, summary: 'The database answers too' } },
    async () => {
      await requireDatabase(parts)
      return { status: 'ok' as const }
    },
  )
}

async function requireDatabase({ database }: Parts): Promise<void> {
  try {
    await sql`select 1`.execute(database)
  } catch (cause) {
    throw new ReelmillError('database_unavailable', undefined, { cause })
  }
}
