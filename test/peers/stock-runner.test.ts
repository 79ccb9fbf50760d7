import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { waitFor } from '../support/wait-for.ts'
import { type ScriptedServer, sendJson, startScriptedServer } from './scripted-server.ts'
import type { StockRelease } from './stock-release.ts'
import { type StockRunner, startStockRunner } from './stock-runner.ts'

const prefix = '/api/v1/runners'
const uuid = '00000000-0000-4000-8000-000000000001'

interface Stage {
  readonly type?: string
  readonly payload?: (url: string) => object
  readonly release?: StockRelease
  readonly chainMs?: number
  readonly scripts?: Record<string, (request: unknown, response: ServerResponse) => void>
}

/** A server with one job to give, and a runner that comes for it. */
async function stage(
  t: TestContext,
  { type = 'vod-web-video-transcoding', payload, release = '0.6.0', scripts, chainMs }: Stage,
): Promise<{ server: ScriptedServer; runner: StockRunner }> {
  let given = false
  const server: ScriptedServer = await startScriptedServer(t, {
    [`${prefix}/register`]: (_, response) => sendJson(response, { id: 1, runnerToken: 'ptrt-1' }),
    [`${prefix}/unregister`]: (_, response) => response.writeHead(204).end(),
    [`${prefix}/jobs/request`]: (_, response) =>
      sendJson(response, { availableJobs: given ? [] : [{ uuid, type, payload: {} }] }),
    [`${prefix}/jobs/${uuid}/accept`]: (_, response) => {
      given = true
      const made = payload?.(server.url) ?? { input: { videoFileUrl: `${server.url}/file` } }
      const job = { uuid, type, payload: made, jobToken: 'ptrjt-1' }
      sendJson(response, { job })
    },
    [`${prefix}/jobs/${uuid}/update`]: (_, response) => response.writeHead(204).end(),
    [`${prefix}/jobs/${uuid}/error`]: (_, response) => response.writeHead(204).end(),
    [`${prefix}/jobs/${uuid}/success`]: (_, response) => response.writeHead(204).end(),
    [`${prefix}/jobs/${uuid}/abort`]: (_, response) => response.writeHead(204).end(),
    ...scripts,
  })
  const servers = [{ url: server.url, registrationToken: 'ptrrt-1' }]
  const runner = await startStockRunner({ release, servers, ...(chainMs ? { chainMs } : {}) })
  t.after(() => runner.vanish())
  return { server, runner }
}

const asked = (server: ScriptedServer, verb: string) =>
  waitFor(verb, () => server.seen.find(({ url }) => url === `${prefix}/jobs/${uuid}/${verb}`))

test('the double loses the query of an address, follows redirects with GET, and hands in a form of known length', async (t) => {
  const folder = await makeFolder(t)
  const clip = await readFile(await makeClip({ folder, seconds: 2 }))
  const { server } = await stage(t, {
    type: 'vod-hls-transcoding',
    payload: (url) => ({
      input: { videoFileUrl: `${url}/file?secret=1`, separatedAudioFileUrl: [] },
      output: { resolution: 90, fps: 25, separatedAudio: false },
    }),
    scripts: {
      '/file': (_, response) => response.writeHead(302, { location: '/moved?signature=1' }).end(),
      '/moved': (_, response) => response.writeHead(200).end(clip),
    },
  })
  const success = await asked(server, 'success')
  const [file, moved] = ['/file', '/moved'].map((path) =>
    server.seen.find(({ url }) => url.startsWith(path)),
  )
  assert.deepEqual([file?.method, file?.url], ['POST', '/file'])
  assert.deepEqual([moved?.method, moved?.url], ['GET', '/moved?signature=1'])
  assert.equal(file?.body, '{"runnerToken":"ptrt-1","jobToken":"ptrjt-1"}')
  assert.equal(success.headers['content-length'], String(success.body.length))
  assert.equal(success.headers.connection, 'close')
  assert.equal(success.headers['user-agent'], undefined)
  const names = [...success.body.matchAll(/name="([^"]+)"/g)].map(([, name]) => name)
  assert.deepEqual(names.filter((name) => !name?.includes('.')).slice(0, 3), [
    'jobToken',
    'runnerToken',
    'payload[videoFile]',
  ])
  const [, base] = /filename="([0-9a-f-]{36}-90)-fragmented\.mp4"/.exec(success.body) ?? []
  assert.ok(success.body.includes(`filename="${base}.m3u8"`))
  assert.ok(success.body.includes(`URI="${base}-fragmented.mp4"`))
  assert.match((await asked(server, 'update')).body, /name="progress"\r\n\r\n0\r\n/)
})

test('the double takes no status but 204, and tells the server that as an error', async (t) => {
  const { server } = await stage(t, {
    type: 'video-transcription',
    scripts: {
      '/file': (_, response) => response.writeHead(404).end('{"detail":"not read"}'),
      [`${prefix}/jobs/${uuid}/error`]: (_, response) => response.writeHead(200).end(),
    },
    release: '0.0.21',
  })
  const { body } = await asked(server, 'error')
  assert.equal((JSON.parse(body) as { message: string }).message, 'Not Found')
  const first = await asked(server, 'update')
  assert.ok(!first.body.includes('progress'))
})

test('the double of 8.2 accepts what it does not know and drops it; that of 6.3 leaves it', async (t) => {
  const unknown = await stage(t, { type: 'vod-from-the-future' })
  await asked(unknown.server, 'accept')
  await waitFor('an idle runner', () => unknown.runner.running().length === 0)
  assert.ok(!unknown.server.seen.some(({ url }) => /error|update|success/.test(url)))
  const old = await stage(t, { type: 'vod-from-the-future', release: '0.0.21' })
  await waitFor('a request', () => old.server.bodiesOf(`${prefix}/jobs/request`).length > 0)
  assert.equal(old.runner.diary.calls.filter(({ path }) => path.endsWith('accept')).length, 0)
})

test('the double forgets a server that does not know it, and gives its jobs back when it ends', async (t) => {
  const { server, runner } = await stage(t, {
    scripts: {
      [`${prefix}/jobs/request`]: (_, response) =>
        sendJson(response, { code: 'unknown_runner_token' }, 404),
    },
  })
  await waitFor('forgetting', () => runner.servers().length === 0)
  assert.deepEqual(server.bodiesOf(`${prefix}/unregister`), ['{"runnerToken":"ptrt-1"}'])
  const hanging = await stage(t, { scripts: { '/file': () => undefined } })
  await asked(hanging.server, 'update')
  await hanging.runner.stop()
  assert.match((await asked(hanging.server, 'abort')).body, /"reason":"Runner stopped"/)
})

test('the double gives its chain of rounds up after five lost races, until something calls it', async (t) => {
  const { server, runner } = await stage(t, {
    scripts: {
      [`${prefix}/jobs/${uuid}/accept`]: (_, response) =>
        sendJson(response, { code: 'runner_job_not_in_pending_state' }, 409),
    },
    chainMs: 20,
  })
  const requests = () => server.bodiesOf(`${prefix}/jobs/request`).length
  await waitFor(
    'five rounds',
    () => runner.diary.calls.filter(({ status }) => status === 409).length === 5,
  )
  const before = requests()
  const startedAt = performance.now()
  // The next round but one of a chain would have come by now.
  await waitFor('a while', () => performance.now() - startedAt > 100)
  assert.equal(requests(), before)
})
