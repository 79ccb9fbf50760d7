import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { type Counters, countedRows, sumsOfCounters } from './counters.ts'

/** What was done in the last hour and day, to the minute, this moment included. */
export interface Throughput {
  readonly hour: Counters
  readonly day: Counters
}

/** What was done lately: from samples, and from what the next sample will take in. */
export async function readThroughput(database: Kysely<Tables>): Promise<Throughput> {
  const [hour, day] = await Promise.all([sumOfHours(database, 1), sumOfHours(database, 24)])
  return { hour, day }
}

async function sumOfHours(database: Kysely<Tables>, hours: number): Promise<Counters> {
  const { rows } = await sql<Counters>`
    select ${sumsOfCounters} from ${countedRows} counted
     where at > now() - make_interval(hours => ${hours})`.execute(database)
  const [counters] = rows
  if (!counters) throw new Error('an aggregate gives a row')
  return counters
}
