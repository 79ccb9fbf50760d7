import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeSourceTicket } from '#jobs/source-ticket.ts'
import { prefix, startProtocolServer } from '../../../test/support/protocol-server.ts'

const key = 'a-long-enough-key'
const server = await startProtocolServer({ after }, { adminKey: key })

const knock = (headers: Record<string, string> = {}) =>
  fetch(`${server.url}${prefix}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  })

/** Uses up what is left to a stranger; the last answer, which is the first that was refused. */
async function useUp(): Promise<Response> {
  for (let calls = 0; calls < 60; calls += 1) {
    const answer = await knock()
    if (answer.status === 429) return answer
    assert.equal(answer.status, 400)
  }
  throw new Error('a stranger was never refused')
}

test('a stranger has 50 calls in ten seconds, and is told how many are left (1.1)', async () => {
  const runner = await server.register()
  const job = await server.hold(runner)
  const first = await knock()
  assert.equal(first.headers.get('x-ratelimit-limit'), '50')
  const left = Number(first.headers.get('x-ratelimit-remaining'))
  assert.ok(left > 40 && left < 50)
  const refused = await useUp()
  assert.equal(((await refused.json()) as { code: string }).code, 'rate_limited')
  assert.match(refused.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const seconds = Number(refused.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= 10)
  assert.equal(refused.headers.get('x-ratelimit-remaining'), '0')
  const resetInSeconds = Number(refused.headers.get('x-ratelimit-reset')) - Date.now() / 1000
  assert.ok(resetInSeconds > -1 && resetInSeconds < 12)

  // Registered runners and operators pass, by body, form or header.
  const { runnerToken } = runner
  assert.equal((await server.post('/jobs/request', { runnerToken })).status, 200)
  const { uuid, ...tokens } = job
  const form = new FormData()
  for (const [name, value] of Object.entries(tokens)) form.append(name, value)
  assert.equal((await server.post(`/jobs/${uuid}/update`, form)).status, 204)
  // ffmpeg reads its source in many ranges, and has no token but the one in the address.
  const ticket = makeSourceTicket(job.jobToken)
  const bytes = await fetch(`${server.url}${prefix}/jobs/${uuid}/source/${ticket}`)
  assert.equal(((await bytes.json()) as { code: string }).code, 'source_not_found')
  assert.equal((await knock({ authorization: `Bearer ${key}` })).status, 400)

  // A token that nobody knows is no pass, and what must always be possible is not limited.
  const unknown = await server.post('/jobs/request', { runnerToken: 'ptrt-unknown' })
  assert.equal(unknown.status, 429)
  assert.equal((await fetch(`${server.url}${prefix}/jobs`)).status, 401)
  const failed = await server.post(`/jobs/${uuid}/error`, { ...tokens, message: '' })
  assert.equal(failed.status, 400)
  assert.equal(failed.headers.get('x-ratelimit-limit'), null)
})

test('a server that is open to its machine only limits nobody', async (t) => {
  const open = await startProtocolServer(t)
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => open.post('/jobs/request', { runnerToken: 'ptrt-unknown' })),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([404]))
})
