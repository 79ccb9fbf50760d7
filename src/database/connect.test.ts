import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createLogger } from '#config/log.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { connect } from './connect.ts'

const log = createLogger({ logLevel: 'silent' })

test('bigints are numbers, timestamps are dates and jsonb is values', async (t) => {
  const { database } = await createTestDatabase(t)
  const { rows } = await sql`select 9007199254740991::bigint as big, now() as at,
    '{"a": [1]}'::jsonb as json`.execute(database)
  const [row] = rows as [{ big: unknown; at: unknown; json: unknown }]
  assert.equal(row.big, 9007199254740991)
  assert.ok(row.at instanceof Date)
  assert.deepEqual(row.json, { a: [1] })
})

test('a database that cannot be reached is told by its code, without its password', async (t) => {
  const opened = connect({ connectionString: 'postgres://u:hunter2@127.0.0.1:1/x' }, log)
  t.after(() => opened.close())
  await assert.rejects(sql`select 1`.execute(opened.database), (error: Error) => {
    assert.equal('code' in error && error.code, 'database_unavailable')
    return !`${error.message} ${String(error.cause)}`.includes('hunter2')
  })
})

test('a session that breaks fails its query by that code, and the next query works (U135)', async (t) => {
  const { database, connection } = await createTestDatabase(t)
  const opened = connect(connection, log, { sessions: 1 })
  t.after(() => opened.close())
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
    opened.database,
  )
  const waiting = assert.rejects(sql`select pg_sleep(60)`.execute(opened.database), {
    code: 'database_unavailable',
  })
  const running = sql`select 1 from pg_stat_activity where pid = ${rows[0]?.pid}
    and query like '%pg_sleep%' and state = 'active'`
  while ((await running.execute(database)).rows.length === 0);
  await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database)
  await waiting
  await sql`select 1`.execute(opened.database)
})
