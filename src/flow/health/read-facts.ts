import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { kindsOfPendingJobs } from '#jobs/kinds.ts'
import { isOnline } from '#runners/presence.ts'
import type { Parts } from '../parts.ts'

/** Room on the disk of DATA_DIR. */
export interface Disk {
  readonly freeBytes: number
  readonly totalBytes: number
}

/** What may be used: some systems keep a part for their administrator. */
export async function readDisk({ config }: Pick<Parts, 'config'>): Promise<Disk> {
  const { bavail, blocks, bsize } = await statfs(config.dataDir)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

export interface DatabaseFacts {
  /** Embedded in DATA_DIR, or a server that DATABASE_URL names. */
  readonly kind: 'embedded' | 'server'
  readonly version: string
  readonly sizeBytes: number
  /** Sessions of all processes. */
  readonly sessions: number
  /** Number of the last migration. */
  readonly schema: number
  readonly answeredMs: number
}

/** The database, and how long it took to answer. */
export async function readDatabase({ database, config }: Parts): Promise<DatabaseFacts> {
  const askedMs = performance.now()
  await sql`select 1`.execute(database)
  const answeredMs = performance.now() - askedMs
  const { rows } = await sql<Omit<DatabaseFacts, 'kind' | 'answeredMs'>>`
    select current_setting('server_version') as version,
           pg_database_size(current_database())::bigint as "sizeBytes",
           (select count(*)::int from pg_stat_activity where datname = current_database()) as sessions,
           (select max(number) from migrations) as schema`.execute(database)
  const [facts] = rows
  if (!facts) throw new Error('a select without a table gives a row')
  const [version = facts.version] = facts.version.split(' ')
  return { kind: config.databaseUrl ? 'server' : 'embedded', ...facts, version, answeredMs }
}

/** Writes an object where nothing of ours is, and removes it: what a storage refuses, it says here. */
export async function tryStorage({ storage }: Parts): Promise<void> {
  const key = `health/${randomUUID()}`
  await storage.put(key, Buffer.from('well'))
  await storage.delete(key)
}

/** Kinds of waiting jobs for which no runner is online that may take jobs and has the encoders. */
export async function listUnable({
  database,
}: Parts): Promise<{ type: string; encoders: readonly string[] }[]> {
  const { rows } = await sql<{ type: string; encoders: readonly string[] }>`
    with ${kindsOfPendingJobs}
    select type, encoders from kinds where not exists (
      select 1 from runners where ${isOnline} and state in ('active', 'set_aside')
         and kinds.encoders <@ coalesce(runners.encoders, '[]'))`.execute(database)
  return rows
}

/** How webhooks do. */
export async function readWebhooks({
  database,
}: Parts): Promise<{ failing: number; disabled: number; undelivered: number }> {
  const { rows } = await sql<{ failing: number; disabled: number; undelivered: number }>`
    select count(*) filter (where enabled and failing_since is not null)::int as failing,
           count(*) filter (where not enabled and disabled_reason is not null)::int as disabled,
           (select count(*)::int from webhook_deliveries
             where state = 'failed' and created_at > now() - interval '1 day') as undelivered
      from webhook_endpoints`.execute(database)
  return rows[0] ?? { failing: 0, disabled: 0, undelivered: 0 }
}
