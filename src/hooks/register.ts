import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** A hook by its name, which is its identity over restarts and processes. */
export interface HookRegistration {
  readonly name: string
  /** Types of events that it is told of, as `video.published`. */
  readonly events: readonly string[]
}

/** Nobody has had it for so long: it was taken out of the application. */
const forgottenAfterDays = 7

/**
 * Makes hooks known: from now on their calls are written with every event, by whichever process
 * records it and also while none that has the hook runs. To be repeated while this process has them.
 */
export async function registerHooks(
  database: Kysely<Tables>,
  hooks: readonly HookRegistration[],
): Promise<void> {
  if (hooks.length === 0) return
  await database
    .insertInto('hooks')
    .values(hooks.map(({ name, events }) => ({ name, events })))
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((row) => ({
        events: row.ref('excluded.events'),
        seen_at: sql<Date>`now()`,
      })),
    )
    .execute()
}

/** Forgets hooks that nobody has any more, with their calls; calls that are over go with time. */
export async function sweepHooks(database: Kysely<Tables>, keptDays: number): Promise<void> {
  const olderThan = (days: number) => sql<Date>`now() - make_interval(days => ${days})`
  await database.deleteFrom('hooks').where('seen_at', '<', olderThan(forgottenAfterDays)).execute()
  await database
    .deleteFrom('hook_calls')
    .where('state', '<>', 'waiting')
    .where('finished_at', '<', olderThan(keptDays))
    .execute()
}
