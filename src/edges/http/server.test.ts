import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { connect } from '#database/connect.ts'
import { openTestHttpServer } from '../../../test/support/http-server.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { runnerProtocol } from '../runner-protocol/runner-protocol.ts'
import { buildHttpServer } from './server.ts'

test('openapi.json is the description of the routes (U80)', async (t) => {
  const parts = await openTestParts(t)
  const app = await buildHttpServer(parts)
  t.after(() => app.close())
  await app.register(runnerProtocol(parts), { prefix: '/api/v1/runners' })
  const headers = { host: 'localhost' }
  const served = (await app.inject({ url: '/api/openapi.json', headers })).json()
  const committed = new URL('../../../openapi.json', import.meta.url)
  assert.deepEqual(
    JSON.parse(await readFile(committed, 'utf8')),
    served,
    'write it again with: npm run generate',
  )
})

test('A mistake of ours is told without its insides, by the id of the request', async (t) => {
  const app = await buildHttpServer(await openTestParts(t))
  t.after(() => app.close())
  app.get('/broken', () => {
    throw new Error('password is hunter2')
  })
  const response = await app.inject({ url: '/broken', headers: { host: 'localhost' } })
  const problem = response.json()
  assert.equal(response.statusCode, 500)
  assert.equal(problem.code, 'internal')
  assert.equal(problem.requestId, response.headers['x-request-id'])
  assert.doesNotMatch(response.body, /hunter2/)
})

test('What is not there and what is too large are problems too', async (t) => {
  const { url } = await openTestHttpServer(t)
  const absent = await fetch(`${url}/nothing/here`)
  assert.deepEqual([absent.status, await codeOf(absent)], [404, 'route_not_found'])
  const unreadable = await fetch(`${url}/media/%ff`)
  assert.deepEqual([unreadable.status, await codeOf(unreadable)], [400, 'invalid_request'])
  const large = await fetch(`${url}/api/v1/videos`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: { path: 'x'.repeat(2_000_000) } }),
  })
  assert.deepEqual([large.status, await codeOf(large)], [413, 'payload_too_large'])
})

test('A value that is none of those there are is answered with those', async (t) => {
  const { url } = await openTestHttpServer(t)
  const response = await fetch(`${url}/api/v1/videos?sort=size`)
  const { detail } = (await response.json()) as { readonly detail: string }
  assert.match(detail, /sort .*: -createdAt, createdAt, name, -name$/)
})

test('Health, figures and pages are there (U121)', async (t) => {
  const { url } = await openTestHttpServer(t)
  for (const path of ['/health/live', '/health/ready']) {
    assert.deepEqual(await (await fetch(`${url}${path}`)).json(), { status: 'ok' })
  }
  assert.match(await (await fetch(`${url}/metrics`)).text(), /^process_cpu_seconds_total \d/m)
  for (const path of ['/', '/login', '/setup', '/watch/x', '/embed/x', '/api/docs']) {
    const response = await fetch(`${url}${path}`)
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self';/)
    const page = await response.text()
    assert.doesNotMatch(page, /<script>|<style|\son\w+=|style=/)
    const [, base = ''] = /<base href="([^"]*)"/.exec(page) ?? []
    for (const [, asset] of page.matchAll(/(?:src|href)="([^"]*assets\/[^"]+)"/g)) {
      const address = new URL(asset ?? '', new URL(base, `${url}${path}`))
      assert.equal((await fetch(address)).status, 200, asset)
    }
  }
})

test('Without the database the server is alive, but not ready (U121)', async (t) => {
  const parts = await openTestParts(t)
  const away = connect({ connectionString: 'postgres://127.0.0.1:1/none' }, parts.log)
  const app = await buildHttpServer({ ...parts, database: away.database })
  t.after(() => app.close())
  const headers = { host: 'localhost' }
  assert.equal((await app.inject({ url: '/health/live', headers })).statusCode, 200)
  assert.equal((await app.inject({ url: '/health/ready', headers })).statusCode, 503)
})

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { readonly code: string }).code
}
