import { type Kysely, sql } from 'kysely'
import type { RunnerState, Tables } from '#database/tables.ts'
import { isOnline } from '#runners/presence.ts'

export interface FleetFigures {
  readonly total: number
  readonly online: number
  readonly byState: Readonly<Record<RunnerState, number>>
  /** Jobs that the online runners, but for the disabled ones, can do at once. */
  readonly slots: number
  /** Jobs in their hands. */
  readonly held: number
  /** held / slots; null while there are no slots. */
  readonly saturation: number | null
}

interface Row {
  readonly total: number
  readonly online: number
  readonly active: number
  readonly draining: number
  readonly disabled: number
  readonly set_aside: number
  readonly slots: number
  readonly held: number
}

/** The runners, and how much of what they can do they are doing (P-71, U122). */
export async function readFleet(database: Kysely<Tables>): Promise<FleetFigures> {
  const { rows } = await sql<Row>`
    select count(*)::int as total,
           count(*) filter (where online)::int as online,
           count(*) filter (where state = 'active')::int as active,
           count(*) filter (where state = 'draining')::int as draining,
           count(*) filter (where state = 'disabled')::int as disabled,
           count(*) filter (where state = 'set_aside')::int as set_aside,
           coalesce(sum(slots) filter (where works), 0)::int as slots,
           coalesce(sum(held) filter (where works), 0)::int as held
      from (select state, slots, ${isOnline} as online,
                   ${isOnline} and state <> 'disabled' as works,
                   (select count(*) from jobs
                     where runner_id = runners.id and state = 'processing') as held
              from runners) fleet`.execute(database)
  const [row] = rows
  if (!row) throw new Error('an aggregate gives a row')
  const { total, online, slots, held, ...byState } = row
  return { total, online, byState, slots, held, saturation: slots > 0 ? held / slots : null }
}
