import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { CreatedEndpoint } from '#webhooks/create-endpoint.ts'
import { makeClip } from '../support/clip.ts'
import { killProcess } from '../support/processes.ts'
import { callApi, type ServerProgram, startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { openSite } from './site.ts'

const env = { RUNNERS: '1', URL_ALLOW: '127.0.0.1', WEBHOOK_TIMEOUT_SECONDS: '2' }

const createWebhook = async (server: ServerProgram, about: object) =>
  (await callApi<CreatedEndpoint>('POST', `${server.url}/api/v1/webhooks`, about)).body

test('An application is told of a video once by id, through errors, silence and a killed server (U91, U134, WV1)', async (t) => {
  const { server, dataDir } = await openSite(t, { env })
  const receiver = await startWebhookReceiver(t)
  const { secret } = await createWebhook(server, { url: `${receiver.url}/hook` })
  receiver.verifyWith(secret ?? '')
  let isHanging = false
  // The first is refused, the second is not answered: in the middle of it the server is killed.
  receiver.answers.push(500, () => {
    isHanging = true
  })
  const clip = await makeClip({ folder: dataDir, seconds: 2 })
  const id = await server.create(clip)
  await waitFor('a call that hangs', () => isHanging)
  killProcess(server.program.pid)
  await server.program.exited
  const again = await startServerProgram({ dataDir, env })
  t.after(async () => void (await again.stop()))
  assert.equal((await again.settled(id)).state, 'published')
  const types = () =>
    [...receiver.taken.values()].filter(({ data }) => (data as { id: string }).id === id)
  const expected = ['created', 'uploaded', 'playable', 'published']
  await waitFor('all events', () => types().length >= expected.length)
  assert.deepEqual(
    new Set(types().map(({ type }) => type)),
    new Set(expected.map((type) => `video.${type}`)),
  )
  assert.equal(types().length, expected.length)
  assert.ok(receiver.calls.length >= expected.length + 2)
  assert.deepEqual(receiver.forged, [])
})

test('The older forms tell what was made, and why nothing was (V-86, C-24, C-37)', async (t) => {
  const { server, dataDir } = await openSite(t, { env })
  const receiver = await startWebhookReceiver(t)
  for (const format of ['request_reference', 'assembly', 'ancestor']) {
    await createWebhook(server, { url: `${receiver.url}/${format}`, format })
  }
  const bodyOf = (path: string, state: RegExp) =>
    waitFor(`a call of ${path}`, () => {
      const call = receiver.calls.find((each) => each.path === path && state.test(each.body))
      return call && (JSON.parse(call.body) as Record<string, never>)
    })
  const clip = await makeClip({ folder: dataDir, seconds: 2 })
  const source = { path: clip }
  const { body } = await server.call<{ id: string }>('POST', '', {
    ...{ source, profile: 'tiny', externalId: 'order 7', webhookFormat: 'ancestor' },
    webhookUrl: `${receiver.url}/own`,
  })
  await server.settled(body.id)
  const reference = await bodyOf('/request_reference', /published/)
  assert.deepEqual([reference['request_id'], reference['reference_id']], [body.id, 'order 7'])
  const assembly = await bodyOf('/assembly', /COMPLETED/)
  const results = assembly['results'] as unknown as Record<
    string,
    { name: string; size: number; mime: string; url: string }[]
  >
  assert.deepEqual(Object.keys(results), ['hls', 'dash', 'thumbnail'])
  for (const [{ size = 0, url = '' } = {}] of Object.values(results)) {
    assert.ok(size > 0)
    assert.equal((await fetch(url)).status, 200, url)
  }
  const ancestor = await bodyOf('/own', /success/)
  assert.deepEqual(ancestor, await bodyOf('/ancestor', /success/))
  assert.match(String(ancestor['outputObject']), /master\.m3u8$/)

  const broken = join(dataDir, 'broken.mp4')
  await writeFile(broken, 'this is no video')
  await server.settled(await server.create(broken))
  assert.equal((await bodyOf('/request_reference', /failed/))['reference_id'], '')
  assert.ok((await bodyOf('/assembly', /"error"/))['message'])
  assert.equal((await bodyOf('/ancestor', /failure/))['outputObject'], undefined)
})
