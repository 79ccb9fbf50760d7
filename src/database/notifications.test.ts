import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createLogger } from '#config/log.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { listen, notify } from './notifications.ts'

const log = createLogger({ logLevel: 'silent' })

test('a notification is delivered when its transaction commits, with its data', async (t) => {
  const { database, connection } = await createTestDatabase(t)
  const notifications = await listen(connection, log)
  t.after(() => notifications.close())
  const heard: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  notifications.on('video', (data) => {
    heard.push(data.videoId)
    if (data.videoId === 'end') resolve()
  })
  await database.transaction().execute(async (tx) => {
    await notify(tx, 'video', { videoId: 'one' })
    assert.deepEqual(heard, [])
  })
  await assert.rejects(
    database.transaction().execute(async (tx) => {
      await notify(tx, 'video', { videoId: 'never' })
      throw new Error('rolled back')
    }),
  )
  await notify(database, 'jobs', {})
  await notify(database, 'video', { videoId: 'end' })
  await promise
  assert.deepEqual(heard, ['one', 'end'])
})

test('after its session was lost a listener connects again and every handler is called once (U135)', async (t) => {
  const { database, connection } = await createTestDatabase(t)
  const notifications = await listen(connection, log)
  t.after(() => notifications.close())
  const { promise: missed, resolve } = Promise.withResolvers<unknown>()
  const forget = notifications.on('video', resolve)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'reelmill listen' and datname = current_database()`.execute(database)
  assert.deepEqual(await missed, { videoId: null })
  forget()
  const { promise: told, resolve: hear } = Promise.withResolvers<void>()
  notifications.on('jobs', () => hear())
  await notify(database, 'jobs', {})
  await told
})

test('a handler that throws keeps nothing from the others', async (t) => {
  const { database, connection } = await createTestDatabase(t)
  const notifications = await listen(connection, log)
  t.after(() => notifications.close())
  const { promise, resolve } = Promise.withResolvers<void>()
  notifications.on('jobs', () => {
    throw new Error('broken handler')
  })
  notifications.on('jobs', () => resolve())
  await notify(database, 'jobs', {})
  await promise
})
