import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import type { Scope } from '#people/scopes.ts'
import { openTestParts } from '../../../../test/support/parts.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'
import { runnerProtocol } from '../../runner-protocol/runner-protocol.ts'
import { buildHttpServer } from '../server.ts'

/** Who is let in: a stranger gets 401 else, who is known 403. */
const classes = {
  /** Everybody: what is public, or shows a proof of its own (runners' tokens, signatures, links). */
  open: ['stranger', 'viewer', 'uploader', 'owner', 'operator', 'admin', 'reader'],
  known: ['viewer', 'uploader', 'owner', 'operator', 'admin', 'reader'],
  uploaders: ['uploader', 'owner', 'operator', 'admin'],
  /** Of the very video that is named. */
  changers: ['owner', 'operator', 'admin'],
  /** The same, where it is only read. */
  insiders: ['owner', 'operator', 'admin', 'reader'],
  operators: ['operator', 'admin'],
  admins: ['admin'],
  /** Only somebody with a password; there is none among the callers. */
  people: [],
} as const

type Class = keyof typeof classes

/** The whole server, the first rule that fits counts. */
const rules: readonly (readonly [RegExp, Class])[] = [
  [
    /^\S+ \/(health\/.*|login|watch.*|assets.*|api\/docs.*|api\/openapi.json|media\/.*|setup|account|upload|console.*|embed.*)?$/,
    'open',
  ],
  [/^\S+ \/\*$/, 'open'],
  [/^\S+ \/api\/v1\/links\//, 'open'],
  // Signed by the processor, or by a key of its own.
  [/^\S+ \/api\/(v1\/notifications|videos)/, 'open'],
  [/^POST \/api\/v1\/(setup|sessions)$/, 'open'],
  [/^DELETE \/api\/v1\/sessions\/current$/, 'open'],
  [/^PUT \/api\/v1\/sessions\/current\/password$/, 'people'],
  [/^(GET|HEAD) \/api\/v1\/sessions\/current$/, 'known'],
  [/^\S+ \/metrics$/, 'operators'],
  // What only runners call shows a runner's token.
  [/^POST \/api\/v1\/runners\/(register|unregister|jobs\/request)$/, 'open'],
  [/^POST \/api\/v1\/runners\/jobs\/:jobUuid\/(accept|abort|update|error|success)$/, 'open'],
  [/^\S+ \/api\/v1\/runners\/jobs\/.*(files|tracks|source)\//, 'open'],
  [/^\S+ \/api\/v1\/(runners|webhooks|statistics|system)/, 'operators'],
  [/^(GET|HEAD) \/api\/v1\/policies/, 'operators'],
  [/^(GET|HEAD) \/api\/v1\/profiles(\/:name)?$/, 'known'],
  [/^\S+ \/api\/v1\/profiles/, 'operators'],
  [/^\S+ \/api\/v1\/(users|keys|policies)/, 'admins'],
  // The address of an upload, or a ticket, is the credential.
  [/^(HEAD|PATCH|DELETE|POST) \/api\/v1\/uploads\/:id$/, 'open'],
  [/^OPTIONS /, 'open'],
  [/^POST \/api\/v1\/uploads\/tickets$/, 'uploaders'],
  [/^POST \/api\/v1\/uploads\/?$/, 'uploaders'],
  [/^POST \/api\/v1\/worker\/videos$/, 'uploaders'],
  [/^(GET|HEAD) \/api\/v1\/events$/, 'known'],
  [/^(GET|HEAD) \/api\/v1\/site$/, 'open'],
  // What is public, to whoever has its address.
  [/^(GET|HEAD) \/api\/v1\/videos\/:id(\/events)?$/, 'open'],
  [/^(GET|HEAD) \/api\/v1\/videos\/:id\/(chunks|versions|failures|history)$/, 'insiders'],
  [/^(GET|HEAD) \/api\/v1\/videos/, 'known'],
  [/^POST \/api\/v1\/videos(\/plan|\/upload|\/bulk)?$/, 'uploaders'],
  [/^\S+ \/api\/v1\/videos\/:id/, 'changers'],
]

const adminKey = 'the-key-of-the-administrator'
const parts = await openTestParts({ after }, { host: '0.0.0.0', adminKey })
const routes: string[] = []
const note = (url: string, method: string) => void routes.push(`${method} ${url}`)
const app = await buildHttpServer(parts, note)
app.addHook('onRoute', ({ url, method }) => note(url, String(method)))
await app.register(runnerProtocol(parts), { prefix: '/api/v1/runners' })
const url = await app.listen({ host: '127.0.0.1', port: 0 })
after(() => app.close())

const { database } = parts

async function addPerson(name: string, role: 'viewer' | 'uploader' | 'operator' | 'admin') {
  const { id } = await createUser(database, { name, role, password: 'a long password' })
  return { id, key: await addKey(role, id, null) }
}

async function addKey(
  role: 'viewer' | 'uploader' | 'operator' | 'admin',
  userId: string,
  scopes: readonly Scope[] | null,
): Promise<string> {
  const wanted = { name: 'k', role, scopes, userId, expiresAt: null }
  return (await createKey(database, wanted)).key
}

const owner = await addPerson('owner', 'uploader')
const admin = await addPerson('admin', 'admin')
const keys: Readonly<Record<string, string | null>> = {
  stranger: null,
  viewer: (await addPerson('viewer', 'viewer')).key,
  uploader: (await addPerson('uploader', 'uploader')).key,
  owner: owner.key,
  operator: (await addPerson('operator', 'operator')).key,
  admin: admin.key,
  // An administrator's key that may only look at videos.
  reader: await addKey('admin', admin.id, ['videos:read']),
}

/** What a body must hold to be looked at beyond its form. */
const bodies: Readonly<Record<string, object>> = {
  'initiate-upload': { filename: 'a.mp4', mimetype: 'video/mp4', size: 10 },
}

/** What makes a request whole enough that rights decide about it. */
function describeRequest(method: string, pattern: string) {
  if (/\/uploads\/?$/.test(pattern)) {
    return { headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } }
  }
  if (!['POST', 'PUT', 'PATCH'].includes(method)) return { headers: {} }
  const body = JSON.stringify(bodies[pattern.split('/').at(-1) ?? ''] ?? {})
  return { headers: { 'content-type': 'application/json' }, body }
}

async function callAs(
  who: string,
  route: string,
  visibility: 'public' | 'private' = 'public',
): Promise<number> {
  const [method = 'GET', pattern = '/'] = route.split(' ')
  const { videoId } = await insertVideoRows(database)
  await database
    .updateTable('videos')
    .set({ owner_id: owner.id, visibility })
    .where('id', '=', videoId)
    .execute()
  // Nothing else than a video is there: to be let in is to be told so, or what is wrong.
  const id = pattern.includes('/videos/:id') ? videoId : randomUUID()
  const path = pattern.replace(':id', id).replaceAll(/:\w+/g, randomUUID()).replace('*', 'x')
  const request = describeRequest(method, pattern)
  const authorization = keys[who] ? { authorization: `Bearer ${keys[who]}` } : {}
  const headers = { ...request.headers, ...authorization }
  const response = await fetch(`${url}${path}`, { ...request, method, headers })
  await response.body?.cancel()
  return response.status
}

function isLetIn(status: number): boolean {
  return status !== 401 && status !== 403
}

test('Every route asks of every kind of caller what it must (U111, M-29, WC5, WC7)', async () => {
  const found = [...new Set(routes.flatMap((route) => expand(route)))]
  const unknown = found.filter((route) => !rules.some(([pattern]) => pattern.test(route)))
  assert.deepEqual(unknown, [], 'say in `rules` who may call these')
  const wrong: string[] = []
  for (const route of found) {
    const name = rules.find(([pattern]) => pattern.test(route))?.[1] ?? 'open'
    if (name === 'open') continue
    const allowed: readonly string[] = classes[name]
    for (const who of Object.keys(keys)) {
      const status = await callAs(who, route)
      const expected = allowed.includes(who) ? 'in' : who === 'stranger' ? '401' : '403'
      const actual = isLetIn(status) ? 'in' : String(status)
      if (actual !== expected) wrong.push(`${route} as ${who}: ${status}, expected ${expected}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('A private video is not there for those who may not see it (U111, M-29)', async () => {
  const expected = { viewer: 404, uploader: 404, owner: 200, operator: 200, reader: 200 }
  for (const [who, status] of Object.entries({ stranger: 404, ...expected })) {
    assert.equal(await callAs(who, 'GET /api/v1/videos/:id', 'private'), status, who)
    if (status === 404) {
      assert.equal(await callAs(who, 'GET /api/v1/videos/:id/events', 'private'), status, who)
    }
  }
  for (const route of ['PATCH', 'DELETE'].map((method) => `${method} /api/v1/videos/:id`)) {
    assert.equal(await callAs('uploader', route, 'private'), 404)
    assert.ok(isLetIn(await callAs('owner', route, 'private')))
  }
})

test('Nothing of a private video is sent to those who may not see it (U111)', async () => {
  const { videoId, prefix } = await insertVideoRows(database, { published: true })
  await database
    .updateTable('videos')
    .set({ owner_id: owner.id, visibility: 'private' })
    .where('id', '=', videoId)
    .execute()
  await parts.storage.put(`${prefix}/0.m4s`, Buffer.from('x'))
  for (const [who, status] of Object.entries({
    stranger: 404,
    uploader: 404,
    owner: 200,
    admin: 200,
  })) {
    const headers = keys[who] ? { authorization: `Bearer ${keys[who]}` } : {}
    const response = await fetch(`${url}/media/${videoId}/0.m4s`, { headers })
    assert.equal(response.status, status, who)
  }
  assert.equal((await fetch(`${url}/api/v1/videos/${videoId}/events`)).status, 404)
})

/** A route that is registered for several methods is several. */
function expand(route: string): string[] {
  const [methods = '', url = ''] = route.split(' ')
  return methods.split(',').map((method) => `${method} ${url}`)
}
