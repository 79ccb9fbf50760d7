import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** A server process that is there, or that fell silent without having ended. */
export interface ServerView {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly url: string
  readonly version: string
  readonly nodeVersion: string
  /** It said so in the last 75 seconds. */
  readonly alive: boolean
  readonly startedAt: string
  readonly seenAt: string
}

/** Two notes that did not come, and some. */
const silentSeconds = 75
/** One that was killed and never came back is told of for so long. */
const missedHours = 24

/** All of them, those that are there first. */
export async function listServers(database: Kysely<Tables>): Promise<ServerView[]> {
  const rows = await database
    .selectFrom('servers')
    .selectAll()
    .select(sql<boolean>`seen_at > now() - make_interval(secs => ${silentSeconds})`.as('alive'))
    .orderBy('alive', 'desc')
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return rows.map(({ node_version: nodeVersion, started_at, seen_at, ...row }) => ({
    ...row,
    nodeVersion,
    startedAt: started_at.toISOString(),
    seenAt: seen_at.toISOString(),
  }))
}

/** Removes servers that fell silent long ago. */
export async function sweepServers(database: Kysely<Tables>): Promise<void> {
  await database
    .deleteFrom('servers')
    .where('seen_at', '<', sql<Date>`now() - make_interval(hours => ${missedHours})`)
    .execute()
}
