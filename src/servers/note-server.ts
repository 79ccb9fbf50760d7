import { hostname } from 'node:os'
import { type Kysely, sql } from 'kysely'
import { ownVersion } from '#config/version.ts'
import type { Tables } from '#database/tables.ts'

interface Server {
  /** Of this process; another one every time that it starts. */
  readonly id: string
  /** Where it is reached. */
  readonly url: string
}

/**
 * Says that this server is there; to be repeated every 30 s. A note grows old by itself. Whoever is at
 * the same address of the same machine has taken the place of the one before, which is not missed.
 */
export async function noteServer(database: Kysely<Tables>, { id, url }: Server): Promise<void> {
  await database
    .deleteFrom('servers')
    .where('host', '=', hostname())
    .where('url', '=', url)
    .where('id', '<>', id)
    .where('seen_at', '<', sql<Date>`now() - interval '35 seconds'`)
    .execute()
  await database
    .insertInto('servers')
    .values({
      id,
      url,
      host: hostname(),
      pid: process.pid,
      version: ownVersion,
      node_version: process.versions.node,
      // Whoever asks may have come later than the process.
      started_at: sql`now() - make_interval(secs => ${process.uptime()})`,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: sql`now()` }))
    .execute()
}

/** This server ends as it should: it is not missed. */
export async function forgetServer(database: Kysely<Tables>, id: string): Promise<void> {
  await database.deleteFrom('servers').where('id', '=', id).execute()
}
