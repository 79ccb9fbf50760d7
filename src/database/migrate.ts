import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Tables } from './tables.ts'

const migrationsFolder = join(import.meta.dirname, '../../migrations')
/** Any number that nobody else uses: "migrating". */
const migrationKey = 0x6d696772

interface Migration {
  readonly number: number
  readonly name: string
  readonly path: string
}

/**
 * Brings the schema up to date: every migration that is missing, in order, each in a transaction.
 * Of several servers that start at once one does it and the others wait.
 *
 * @returns how many migrations were applied.
 * @throws ReelmillError `schema_newer` when a newer program has been here.
 */
export function migrate(
  database: Kysely<Tables>,
  log: Logger,
  folder: string = migrationsFolder,
): Promise<number> {
  return database.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${sql.lit(migrationKey)})`.execute(session)
    try {
      return await applyMissing(session, await readMigrations(folder), log)
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(migrationKey)})`.execute(session)
    }
  })
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{6}_.+\.sql$/.test(name)).toSorted()
  return names.map((name) => ({
    number: Number.parseInt(name, 10),
    name: name.slice(7, -4),
    path: join(folder, name),
  }))
}

async function applyMissing(
  session: Kysely<Tables>,
  known: readonly Migration[],
  log: Logger,
): Promise<number> {
  const applied = await readApplied(session)
  const newest = known.at(-1)?.number ?? 0
  if (applied > newest) throw schemaNewer(applied, newest)
  const missing = known.filter(({ number }) => number > applied)
  for (const migration of missing) {
    const text = await readFile(migration.path, 'utf8')
    await apply(session, migration, text)
    log.info({ number: migration.number, name: migration.name }, 'migrated the database')
  }
  return missing.length
}

/** The number of the newest migration that was applied, 0 on a new database. */
async function readApplied(session: Kysely<Tables>): Promise<number> {
  await sql`
    create table if not exists migrations (
      number     integer primary key,
      name       text not null,
      applied_at timestamptz not null default now()
    )`.execute(session)
  const { rows } = await sql<{
    newest: number | null
  }>`select max(number) as newest from migrations`.execute(session)
  return rows[0]?.newest ?? 0
}

function apply(session: Kysely<Tables>, { number, name }: Migration, text: string): Promise<void> {
  return session.transaction().execute(async (transaction) => {
    await sql.raw(text).execute(transaction)
    await sql`insert into migrations (number, name) values (${number}, ${name})`.execute(
      transaction,
    )
  })
}

function schemaNewer(applied: number, known: number): ReelmillError {
  return new ReelmillError(
    'schema_newer',
    `The database is at migration ${applied}, but this program knows only ${known}. ` +
      'Start the newer Reelmill that made it, or restore the backup from before the upgrade.',
    { details: { applied, known } },
  )
}
