import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createLogger } from '#config/log.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { describeSchema } from '../../test/support/database-schema.ts'
import { migrate } from './migrate.ts'

const log = createLogger({ logLevel: 'silent' })

test('schema.sql is what the migrations make', async (t) => {
  const { database } = await createTestDatabase(t)
  const committed = await readFile(join(import.meta.dirname, '../../schema.sql'), 'utf8')
  assert.equal(await describeSchema(database), committed, 'run: npx node scripts/generate.ts')
})

test('of several servers that start at once on a new database one migrates it', async (t) => {
  const { database } = await createTestDatabase(t)
  await sql`drop schema public cascade`.execute(database)
  await sql`create schema public`.execute(database)
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database, log)))
  assert.equal(applied.filter((count) => count > 0).length, 1)
  assert.equal(await migrate(database, log), 0)
})

test('a database of a newer program is refused with the way out', async (t) => {
  const { database } = await createTestDatabase(t)
  await sql`insert into migrations (number, name) values (999999, 'future')`.execute(database)
  await assert.rejects(migrate(database, log), {
    code: 'schema_newer',
    message: /migration 999999.*newer Reelmill.*backup/,
  })
})

test('a migration that fails leaves nothing of itself, and those before it stay', async (t) => {
  const { database } = await createTestDatabase(t)
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-migrations-'))
  t.after(() => rm(folder, { recursive: true }))
  const numbers = await sql<{ n: number }>`select max(number) as n from migrations`.execute(
    database,
  )
  const next = (numbers.rows[0]?.n ?? 0) + 1
  const file = (number: number, name: string) =>
    join(folder, `${String(number).padStart(6, '0')}_${name}.sql`)
  await writeFile(file(next, 'good'), 'create table good (id integer);')
  await writeFile(file(next + 1, 'bad'), 'create table half (id integer); select 1/0;')
  await assert.rejects(migrate(database, log, folder), /division by zero/)
  const { rows } = await sql<{ good: string | null; half: string | null }>`
    select to_regclass('good') as good, to_regclass('half') as half`.execute(database)
  assert.deepEqual(rows, [{ good: 'good', half: null }])
})
