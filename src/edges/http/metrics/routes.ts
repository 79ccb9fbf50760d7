import type { FastifyPluginAsync } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { runChecks } from '#flow/health/run-checks.ts'
import type { Parts } from '#flow/parts.ts'
import { requireRole, requireScope } from '#people/rights.ts'
import { readGauges } from '#statistics/read-gauges.ts'
import type { Access } from '../access/access.ts'
import { principalOf } from '../access/principal-of.ts'
import { presentGauges } from './present-gauges.ts'

interface Options {
  readonly parts: Parts
  readonly access: Access
  /** What this server's HTTP is measured by. */
  readonly requests: Registry
}

/** Figures for Prometheus, in its text format 0.0.4: of all servers together, and of this process. */
export const metricsRoute: FastifyPluginAsync<Options> = async (
  app,
  { parts, access, requests },
) => {
  app.get('/metrics', async (request, reply) => {
    const principal = await principalOf(access, request)
    requireRole(principal, 'operator')
    requireScope(principal, 'runners')
    const [gauges, checks] = await Promise.all([readGauges(parts.database), runChecks(parts)])
    const all = Registry.merge([presentGauges(gauges, checks), requests, registryOfProcess()])
    return reply.type(all.contentType).send(await all.metrics())
  })
}

let ofProcess: Registry | null = null

/** Memory, CPU, garbage and delays of this process, from the first time that somebody asks. */
function registryOfProcess(): Registry {
  if (ofProcess) return ofProcess
  ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess })
  return ofProcess
}
