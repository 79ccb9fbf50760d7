import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createKey } from '#people/create-key.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'

test('Who calls too often waits, each for themselves; the holder of ADMIN_KEY never (U110)', async (t) => {
  const adminKey = 'the-key-of-the-administrator'
  const { url, parts } = await openTestHttpServer(t, { adminKey, rateLimitPerMinute: 3 })
  const call = (key: string) =>
    fetch(`${url}/api/v1/videos`, { headers: { authorization: `Bearer ${key}` } })
  const makeKey = async () => {
    const wanted = {
      name: 'k',
      role: 'viewer',
      scopes: null,
      userId: null,
      expiresAt: null,
    } as const
    return (await createKey(parts.database, wanted)).key
  }
  const [one, other] = [await makeKey(), await makeKey()]
  const answers = []
  for (let number = 0; number < 4; number += 1) answers.push(await call(one))
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('ratelimit-remaining')]),
    [
      [200, '2'],
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ],
  )
  assert.match(answers[3]?.headers.get('retry-after') ?? '', /^\d+$/)
  assert.equal((await call(other)).status, 200)
  for (let number = 0; number < 5; number += 1) assert.equal((await call(adminKey)).status, 200)
})

test('Keys cannot be guessed at speed (U110)', async (t) => {
  const { url } = await openTestHttpServer(t, { adminKey: 'the-key-of-the-administrator' })
  const guess = async () =>
    (await fetch(`${url}/api/v1/videos`, { headers: { authorization: 'Bearer rmk_guess' } })).status
  const statuses = new Set<number>()
  for (let number = 0; number < 121; number += 1) statuses.add(await guess())
  assert.deepEqual([...statuses], [401, 429])
})

test('Nobody is taken for a stranger because keys cannot be looked up (U110)', async (t) => {
  const { url, parts } = await openTestHttpServer(t, { adminKey: 'the-key-of-the-administrator' })
  await sql`alter table api_keys rename to api_keys_away`.execute(parts.database)
  const call = async () =>
    (await fetch(`${url}/api/v1/videos`, { headers: { authorization: 'Bearer rmk_mine' } })).status
  const statuses = new Set<number>()
  for (let number = 0; number < 125; number += 1) statuses.add(await call())
  assert.deepEqual([...statuses], [500])
})
