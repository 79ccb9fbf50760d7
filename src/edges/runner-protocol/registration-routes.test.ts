import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createRegistrationToken, revokeRegistrationToken } from '#runners/registration-tokens.ts'
import { startProtocolServer } from '../../../test/support/protocol-server.ts'

const server = await startProtocolServer({ after })
const { registrationToken, parts } = server

test('a runner registers with a token and gets its own (D-50)', async () => {
  const answer = await server.post('/register', {
    registrationToken,
    name: 'gpu',
    version: '1.2.3',
  })
  assert.equal(answer.status, 200)
  const { id, name, runnerToken } = answer.body as unknown as Record<string, unknown>
  assert.equal(typeof id, 'number')
  assert.equal(name, 'gpu')
  assert.match(String(runnerToken), /^ptrt-[0-9a-f-]{36}$/)
  const row = await parts.database
    .selectFrom('runners')
    .selectAll()
    .where('name', '=', 'gpu')
    .executeTakeFirstOrThrow()
  assert.equal(row.ip, '127.0.0.1')
  assert.equal(row.version, '1.2.3')
  assert.ok(!JSON.stringify(row).includes(String(runnerToken)))
})

test('what is wrong with a registration is told by field, then by token, then by name (D-50, D-109)', async () => {
  const missing = await server.post('/register', { registrationToken })
  assert.equal(missing.status, 400)
  assert.ok('name' in (missing.body?.['invalid-params'] ?? {}))
  assert.match(missing.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const status = async (body: object) =>
    (await server.post('/register', { registrationToken, name: 'taken', ...body })).status
  assert.equal(await status({ name: 'n'.repeat(101) }), 400)
  assert.equal(await status({ description: '' }), 400)
  assert.equal(await status({ version: '1.2' }), 400)
  assert.equal(await status({ unknownField: 1 }), 200)
  assert.equal(await status({}), 400)
  const invalid = await server.post('/register', { registrationToken: 'ptrrt-x', name: 'taken' })
  assert.equal(invalid.status, 404)
  assert.equal(invalid.body?.['error'], 'Registration token is invalid')
})

test('a revoked token registers nobody, and who registered with it stays (WD16)', async () => {
  const { token, id } = await createRegistrationToken(parts.database)
  const first = await server.post('/register', { registrationToken: token, name: 'early' })
  await revokeRegistrationToken(parts.database, String(id))
  const second = await server.post('/register', { registrationToken: token, name: 'late' })
  assert.equal(second.status, 404)
  const { runnerToken } = first.body as unknown as { runnerToken: string }
  assert.equal((await server.post('/jobs/request', { runnerToken })).status, 200)
})

test('a runner that unregisters gives its jobs back at once (D-51, WD16)', async () => {
  const runner = await server.register()
  const job = await server.hold(runner)
  const { runnerToken } = runner
  assert.equal((await server.post('/unregister', { runnerToken })).status, 204)
  const row = await server.readJob(job.uuid)
  assert.equal(row.state, 'pending')
  assert.equal(row.failures, 0)
  const again = await server.post('/unregister', { runnerToken })
  assert.equal(again.status, 404)
  assert.equal(again.body?.['code'], 'unknown_runner_token')
  assert.equal((await server.post('/unregister', {})).status, 400)
})

test('an unknown address below the protocol is a problem too', async () => {
  const answer = await server.post('/jobs/nothing', {})
  assert.equal(answer.status, 404)
  assert.equal(answer.body?.['code'], 'route_not_found')
})
