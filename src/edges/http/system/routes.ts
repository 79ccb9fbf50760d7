import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readSystem } from '#flow/health/read-system.ts'
import { sweepStorage } from '#flow/orphans/sweep-storage.ts'
import type { Parts } from '#flow/parts.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { problems } from '../schemas.ts'
import { SweepOrder, SweepResult, SystemSchema } from './schemas.ts'

const examplesShown = 100

/** /api/v1/system: for operators. */
export const systemRoutes: FastifyPluginAsyncTypebox<{
  readonly parts: Parts
  readonly access: Access
}> = async (app, { parts, access }) => {
  const operators = { role: 'operator', scope: 'runners' } as const
  guardCalls(app, access, { read: operators, write: { role: 'operator', scope: null } })
  const show = {
    tags: ['system'],
    summary: 'Health, versions, servers, storage, database and settings',
    response: { 200: SystemSchema, ...problems },
  }
  app.get('', { schema: show }, () => readSystem(parts))
  const sweep = {
    tags: ['system'],
    summary: 'Look for objects that no video has, and remove them',
    description:
      'Reads the list of all objects, which takes minutes where there are millions. A dry run unless `dryRun` is false.',
    body: Type.Union([SweepOrder, Type.Null()]),
    response: { 200: SweepResult, ...problems },
  }
  app.post('/sweep', { schema: sweep }, async ({ body }) => {
    const { dryRun = true, olderThanHours = 24 } = body ?? {}
    const examples: { key: string; sizeBytes: number }[] = []
    const onOrphan = ({ key, sizeBytes }: { key: string; sizeBytes: number }) => {
      if (examples.length < examplesShown) examples.push({ key, sizeBytes })
    }
    const report = await sweepStorage(parts, { dryRun, olderThanHours, onOrphan })
    return { ...report, orphans: { ...report.orphans, examples }, missing: [...report.missing] }
  })
}
