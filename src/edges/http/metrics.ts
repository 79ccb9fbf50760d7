import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import type { Parts } from '#flow/parts.ts'
import { requireRole, requireScope } from '#people/rights.ts'
import type { Access } from './access/access.ts'
import { principalOf } from './access/principal-of.ts'

interface Sample {
  readonly name: string
  readonly help: string
  /** Value by the value of the label. */
  readonly values: ReadonlyMap<string, number>
  readonly label: string | null
}

/** Figures for Prometheus, in its text format 0.0.4. */
export const metricsRoute: FastifyPluginAsync<{ parts: Parts; access: Access }> = async (
  app,
  { parts, access },
) => {
  app.get('/metrics', async (request, reply) => {
    const principal = await principalOf(access, request)
    requireRole(principal, 'operator')
    requireScope(principal, 'runners')
    const samples = [
      await countBy(parts, 'versions', 'reelmill_versions', 'Versions of videos by state.'),
      await countBy(parts, 'jobs', 'reelmill_jobs', "Runners' jobs by state."),
      await countBy(parts, 'runners', 'reelmill_runners', 'Runners by state.'),
      gauge('process_resident_memory_bytes', 'Memory in use.', process.memoryUsage.rss()),
      gauge('process_cpu_seconds_total', 'CPU time used.', cpuSeconds()),
    ]
    return reply.type('text/plain; version=0.0.4').send(samples.map(formatSample).join(''))
  })
}

async function countBy(
  { database }: Parts,
  table: 'versions' | 'jobs' | 'runners',
  name: string,
  help: string,
): Promise<Sample> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from ${sql.table(table)} group by state order by state
  `.execute(database)
  return { name, help, label: 'state', values: new Map(rows.map((row) => [row.state, row.count])) }
}

function gauge(name: string, help: string, value: number): Sample {
  return { name, help, label: null, values: new Map([['', value]]) }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function formatSample({ name, help, label, values }: Sample): string {
  const lines = [...values].map(([of, value]) =>
    label === null ? `${name} ${value}` : `${name}{${label}="${of}"} ${value}`,
  )
  const type = name.endsWith('_total') ? 'counter' : 'gauge'
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.map((line) => `${line}\n`).join('')}`
}
