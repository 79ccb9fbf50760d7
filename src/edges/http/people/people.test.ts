import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import type { Config } from '#config/config.ts'
import { createKey, type NewKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import { offerSetup } from '#people/setup.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'

const password = 'correct horse battery'
const adminKey = 'a-long-admin-key'

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
  /** The cookie's name and value, as a browser sends it back. */
  readonly cookie: string
}

interface Asked {
  readonly json?: object
  readonly headers?: Readonly<Record<string, string>>
}

async function openPeople(t: TestContext, settings: Partial<Config> = {}) {
  const server = await openTestHttpServer(t, { host: '0.0.0.0', adminKey, ...settings })
  const call = async (method: string, path: string, { json, headers }: Asked = {}) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(json ? { body: JSON.stringify(json) } : {}),
    })
    const text = await response.text()
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
    const body = (text ? JSON.parse(text) : {}) as Answer['body']
    return { status: response.status, body, headers: response.headers, cookie } satisfies Answer
  }
  const { database } = server.parts
  return {
    ...server,
    database,
    call,
    asAdmin: (method: string, path: string, json?: object) =>
      call(method, path, {
        headers: { authorization: `Bearer ${adminKey}` },
        ...(json ? { json } : {}),
      }),
    logIn: (name: string, typed = password, headers: Readonly<Record<string, string>> = {}) =>
      call('POST', '/sessions', { json: { name, password: typed }, headers }),
    key: async (wanted: Partial<NewKey>) =>
      createKey(database, {
        ...{ name: 'a key', role: 'operator', scopes: null, userId: null, expiresAt: null },
        ...wanted,
      }),
  }
}

test('Somebody logs in, is known by a cookie that no script reads, and logs out (U110, C-03)', async (t) => {
  const { database, call, logIn, url } = await openPeople(t)
  await createUser(database, { name: 'Ada', role: 'operator', password })
  const welcome = await logIn('ada')
  assert.equal(welcome.status, 201)
  assert.match(
    welcome.headers.get('set-cookie') ?? '',
    /^reelmill=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  assert.doesNotMatch(JSON.stringify(welcome.body), /scrypt|hash/)
  const { cookie } = welcome
  const me = await call('GET', '/sessions/current', { headers: { cookie } })
  assert.equal(me.body['role'], 'operator')
  assert.equal((await call('GET', '/videos', { headers: { cookie } })).status, 200)
  const rows = await database.selectFrom('sessions').selectAll().execute()
  assert.equal(rows.length, 1)
  assert.ok(!JSON.stringify(rows).includes(cookie.slice('reelmill='.length)))
  const again = await logIn('ADA', password, { cookie, origin: url })
  assert.notEqual(again.cookie, cookie, 'a session has a new id at each login')
  assert.equal((await call('GET', '/videos', { headers: { cookie } })).status, 401)
  const headers = { cookie: again.cookie, origin: url }
  assert.equal((await call('DELETE', '/sessions/current', { headers })).status, 204)
  assert.equal((await call('GET', '/videos', { headers })).status, 401)
})

test('Over https the cookie is bound to the host and never sent in the clear (U110)', async (t) => {
  const { database, logIn } = await openPeople(t, { publicUrl: 'https://videos.example.org' })
  await createUser(database, { name: 'Ada', role: 'viewer', password })
  const welcome = await logIn('Ada')
  assert.match(welcome.headers.get('set-cookie') ?? '', /^__Host-reelmill=.*; Secure$/)
})

test('A session ends when it is idle, when it is old, and when its user is disabled (U110, P-77)', async (t) => {
  const { database, call, logIn, asAdmin } = await openPeople(t)
  const user = await createUser(database, { name: 'Ada', role: 'viewer', password })
  const statusOf = async (cookie: string) =>
    (await call('GET', '/videos', { headers: { cookie } })).status
  const age = (column: 'seen_at' | 'created_at', seconds: number) =>
    sql`update sessions set ${sql.ref(column)} = now() - make_interval(secs => ${seconds})`.execute(
      database,
    )
  const idle = await logIn('Ada')
  await age('seen_at', 590)
  assert.equal(await statusOf(idle.cookie), 200, 'and was renewed by that')
  const { rows } = await sql<{ fresh: boolean }>`
    select seen_at > now() - interval '1 minute' as fresh from sessions`.execute(database)
  assert.deepEqual(rows, [{ fresh: true }])
  await age('seen_at', 610)
  assert.equal(await statusOf(idle.cookie), 401)
  const old = await logIn('Ada')
  await age('created_at', 12 * 3600 + 1)
  assert.equal(await statusOf(old.cookie), 401)
  const last = await logIn('Ada')
  const { key } = await createKey(database, {
    ...{ name: 'k', role: 'viewer', scopes: null, expiresAt: null },
    userId: user.id,
  })
  const byKey = { headers: { authorization: `Bearer ${key}` } }
  assert.equal((await call('GET', '/videos', byKey)).status, 200)
  assert.equal((await asAdmin('PATCH', `/users/${user.id}`, { disabled: true })).status, 200)
  assert.equal(await statusOf(last.cookie), 401)
  assert.equal((await call('GET', '/videos', byKey)).status, 401)
  assert.equal((await logIn('Ada')).status, 401)
})

test('Another password ends all sessions; one’s own needs the one before (U110)', async (t) => {
  const { database, call, logIn, asAdmin, url } = await openPeople(t)
  const user = await createUser(database, { name: 'Ada', role: 'viewer', password })
  const [one, two] = [await logIn('Ada'), await logIn('Ada')]
  const change = (currentPassword: string) =>
    call('PUT', '/sessions/current/password', {
      json: { currentPassword, password: 'another long one' },
      headers: { cookie: one.cookie, origin: url },
    })
  assert.equal((await change('wrong, wrong, wrong')).status, 401)
  const changed = await change(password)
  assert.equal(changed.status, 204)
  const statuses = [one, two, changed].map(
    async ({ cookie }) => (await call('GET', '/videos', { headers: { cookie } })).status,
  )
  assert.deepEqual(await Promise.all(statuses), [401, 401, 200])
  assert.equal((await logIn('Ada')).status, 401)
  await asAdmin('PATCH', `/users/${user.id}`, { password: 'the third long one' })
  assert.equal((await call('GET', '/videos', { headers: { cookie: changed.cookie } })).status, 401)
  assert.equal((await logIn('Ada', 'the third long one')).status, 201)
})

test('Guessing grows slow, for a name and for an address, known or not (U110)', async (t) => {
  const { database, logIn } = await openPeople(t)
  await createUser(database, { name: 'Ada', role: 'viewer', password })
  const names = sql<boolean>`subject like 'name:%'`
  const release = () => database.updateTable('login_throttles').set({ retry_at: new Date(0) })
  for (const name of ['Ada', 'nobody']) {
    await database.deleteFrom('login_throttles').execute()
    const delays: number[] = []
    for (let failure = 1; failure <= 8; failure += 1) {
      assert.equal((await logIn(name, 'wrong one')).status, 401)
      const row = await database
        .selectFrom('login_throttles')
        .select(sql<number>`extract(epoch from retry_at - last_failed_at)::float8`.as('seconds'))
        .where(names)
        .executeTakeFirstOrThrow()
      delays.push(row.seconds)
      await release().execute()
    }
    assert.deepEqual(delays, [0, 0, 0, 0, 0, 1, 2, 4])
  }
  // From here on a failure costs half a minute, so that a slow machine says the same.
  await database.updateTable('login_throttles').set({ failures: 19 }).where(names).execute()
  const answers = await Promise.all(Array.from({ length: 9 }, () => logIn('nobody', 'wrong one')))
  const late = answers.filter(({ status }) => status === 429)
  assert.equal(late.length, 8, 'of many at once one is looked at')
  assert.equal(late[0]?.body['code'], 'rate_limited')
  assert.match(late[0]?.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  const kept = await database.selectFrom('login_throttles').select('subject').execute()
  assert.doesNotMatch(JSON.stringify(kept), /ada|nobody|127\.0/i)
})

test('Whoever knows the password waits as long as who guesses, and then gets in (U110)', async (t) => {
  const { database, logIn } = await openPeople(t)
  await createUser(database, { name: 'Ada', role: 'viewer', password })
  assert.equal((await logIn('Ada', 'wrong one')).status, 401)
  const block = (until: Date) => database.updateTable('login_throttles').set({ retry_at: until })
  await block(new Date(Date.now() + 3_600_000)).execute()
  assert.equal((await logIn('Ada')).status, 429)
  assert.equal((await logIn('somebody new')).status, 429)
  const subjects = await database.selectFrom('login_throttles').select('subject').execute()
  assert.equal(subjects.length, 2, 'a blocked address writes no row for each name')
  await block(new Date(0)).execute()
  assert.equal((await logIn('Ada')).status, 201)
  const left = await database.selectFrom('login_throttles').select('subject').execute()
  assert.equal(left.filter(({ subject }) => subject.startsWith('name:')).length, 0)
})

test('Pages of other sites change nothing with the cookie of a person (U110)', async (t) => {
  const { database, call, logIn, url } = await openPeople(t)
  await createUser(database, { name: 'Ada', role: 'admin', password })
  const { cookie, body } = await logIn('Ada')
  const make = async (headers: Readonly<Record<string, string>>) => {
    const json = { name: 'k', role: 'viewer' }
    return (await call('POST', '/keys', { json, headers: { cookie, ...headers } })).status
  }
  assert.equal(await make({ origin: 'https://evil.example' }), 403)
  assert.equal(await make({ origin: 'null' }), 403)
  assert.equal(await make({ 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await make({ 'sec-fetch-site': 'same-site' }), 403)
  assert.equal(await make({}), 403)
  assert.equal(await make({ 'x-csrf-token': 'guess' }), 403)
  assert.equal(await make({ 'x-csrf-token': String(body['csrfToken']) }), 201)
  assert.equal(await make({ origin: url }), 201)
  assert.equal(await make({ 'sec-fetch-site': 'same-origin' }), 201)
  assert.equal((await logIn('Ada', password, { origin: 'https://evil.example' })).status, 403)
})

test('Keys are shown once, kept as a hash, limited, and ended (U110, U61, WD15)', async (t) => {
  const { database, call, asAdmin, key } = await openPeople(t)
  const made = await asAdmin('POST', '/keys', { name: 'encoder', role: 'operator' })
  assert.equal(made.status, 201)
  const secret = String(made.body['key'])
  assert.match(secret, /^rmk_[\w-]{43}$/)
  const statusOf = async (shown: string, method = 'GET', path = '/videos') =>
    (await call(method, path, { headers: { authorization: `Bearer ${shown}` } })).status
  assert.equal(await statusOf(secret), 200)
  assert.equal(await statusOf(`${secret}x`), 401)
  assert.equal(await statusOf(secret, 'GET', '/keys'), 403)
  const { body } = await asAdmin('GET', '/keys')
  assert.ok(!JSON.stringify(body).includes(secret))
  const [listed] = body['keys'] as { id: string; hint: string; lastUsedAt: string | null }[]
  assert.equal(listed?.hint, secret.slice(-4))
  assert.ok(listed?.lastUsedAt)
  const stored = await database.selectFrom('api_keys').selectAll().execute()
  assert.ok(!JSON.stringify(stored).includes(secret))
  const reader = await key({ role: 'admin', scopes: ['videos:read'] })
  assert.deepEqual(
    [
      await statusOf(reader.key),
      await statusOf(reader.key, 'DELETE', '/videos/x'),
      await statusOf(reader.key, 'GET', '/users'),
    ],
    [200, 403, 403],
  )
  const expired = await key({ expiresAt: new Date(Date.now() - 1000) })
  assert.equal(await statusOf(expired.key), 401)
  assert.equal((await asAdmin('DELETE', `/keys/${listed?.id}`)).status, 204)
  assert.equal(await statusOf(secret), 401)
  assert.equal((await asAdmin('DELETE', `/keys/${listed?.id}`)).status, 404)
  const nobodys = await asAdmin('POST', '/keys', { name: 'u', role: 'uploader' })
  assert.equal(nobodys.status, 400)
})

test('A key of a user never has more than the user (U111)', async (t) => {
  const { database, call, asAdmin, key } = await openPeople(t)
  const { id: userId } = await createUser(database, { name: 'Ada', role: 'viewer', password })
  const { key: secret } = await key({ role: 'admin', userId })
  const headers = { authorization: `Bearer ${secret}` }
  assert.equal((await call('GET', '/users', { headers })).status, 403)
  await asAdmin('PATCH', `/users/${userId}`, { role: 'admin' })
  assert.equal((await call('GET', '/users', { headers })).status, 200)
})

test('The first administrator is made with a link that works once (U110, security 4)', async (t) => {
  const { database, call, url } = await openPeople(t, { adminKey: null })
  assert.equal((await call('GET', '/videos')).status, 401)
  const [one, two] = [await offerSetup(database), await offerSetup(database)]
  const setUp = (token: string | null, name: string, headers = {}) =>
    call('POST', '/setup', { json: { token, name, password }, headers })
  assert.equal((await setUp('guess', 'Eve')).status, 403)
  assert.equal((await setUp(one, 'Eve', { origin: 'https://evil.example' })).status, 403)
  assert.equal(
    (await call('POST', '/setup', { json: { token: one, name: 'Ada', password: 'short' } })).status,
    400,
  )
  const answers = await Promise.all([setUp(one, 'Ada'), setUp(two, 'Bea', { origin: url })])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403],
  )
  assert.equal((await setUp(one, 'Eve')).status, 403)
  assert.equal(await offerSetup(database), null)
  const users = await database.selectFrom('users').select('role').execute()
  assert.deepEqual(users, [{ role: 'admin' }])
})

test('The machine is trusted until there is a user (U142, U110)', async (t) => {
  const { database, call } = await openPeople(t, { adminKey: null, host: '127.0.0.1' })
  assert.equal((await call('GET', '/videos')).status, 200)
  const { body } = await call('GET', '/sessions/current')
  assert.deepEqual([body['kind'], body['role']], ['machine', 'admin'])
  await createUser(database, { name: 'Ada', role: 'viewer', password })
  assert.equal((await call('GET', '/videos')).status, 401)
})

test('Users are governed by administrators, of whom one always stays (U110)', async (t) => {
  const { asAdmin, logIn } = await openPeople(t)
  const made = await asAdmin('POST', '/users', { name: 'Ada', role: 'admin' })
  assert.equal(made.status, 201)
  assert.equal((await logIn('Ada', String(made.body['password']))).status, 201)
  const ada = `/users/${String(made.body['id'])}`
  assert.equal((await asAdmin('POST', '/users', { name: 'ADA', role: 'viewer' })).status, 409)
  for (const json of [{ role: 'viewer' }, { disabled: true }]) {
    assert.equal((await asAdmin('PATCH', ada, json)).body['code'], 'last_admin')
  }
  assert.equal((await asAdmin('DELETE', ada)).body['code'], 'last_admin')
  const other = await asAdmin('POST', '/users', { name: 'Bea', role: 'admin', password })
  assert.equal(other.body['password'], undefined)
  const both = [ada, `/users/${String(other.body['id'])}`]
  const gone = await Promise.all(both.map((path) => asAdmin('DELETE', path)))
  assert.deepEqual(
    gone.map(({ status }) => status).toSorted((a, b) => a - b),
    [204, 409],
  )
  for (const name of ['', ' x', 'a\nb', 'x'.repeat(101)]) {
    const refused = await asAdmin('POST', '/users', { name, role: 'viewer' })
    assert.equal(refused.status, 400, JSON.stringify(name))
  }
})
