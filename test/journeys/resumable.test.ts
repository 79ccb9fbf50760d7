import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Upload } from 'tus-js-client'
import { makeClip } from '../support/clip.ts'
import { openCuttingProxy } from '../support/cutting-proxy.ts'
import { beginUpload, headUpload, tusBytes, tusVersion } from '../support/raw-tus.ts'
import { type ServerProgram, startServerProgram } from '../support/server-program.ts'
import { uploadByUppy } from '../support/uppy.ts'
import { waitFor } from '../support/wait-for.ts'
import { openSite } from './site.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const portOf = ({ url }: ServerProgram) => Number(new URL(url).port)
/** Tries without end; each that brought the upload forward counts as the first. */
const retryDelays = Array.from({ length: 200 }, () => 50)

/** A clip with 3 MB that no player reads behind it, so that there is something to cut. */
async function makeLongClip(folder: string): Promise<Buffer> {
  const path = await makeClip({ folder, seconds: 2 })
  const rest = Buffer.alloc(3_000_000, 'not shown ')
  rest.writeUInt32BE(rest.length)
  rest.write('free', 4)
  await appendFile(path, rest)
  return readFile(path)
}

async function requirePublished(server: ServerProgram, id: string, bytes: Buffer): Promise<void> {
  const source = await readFile(join(server.dataDir, `storage/sources/${id}/1/source`))
  assert.equal(sha256(source), sha256(bytes))
  const video = await server.settled(id)
  assert.deepEqual([video.state, video.error], ['published', undefined])
  assert.equal(video.renditions[0]?.frames, 50)
}

async function openTwoServers(t: TestContext) {
  const { server, dataDir } = await openSite(t, { env: { RUNNERS: '1' } })
  const second = await startServerProgram({ dataDir, env: { RUNNERS: '0' } })
  t.after(() => {
    second.program.kill('SIGKILL')
  })
  return { server, second, dataDir }
}

test('tus-js-client uploads through cuts, over two servers in turn, one of which is killed in the middle (U2, C-05)', async (t) => {
  const { server, second, dataDir } = await openTwoServers(t)
  const bytes = await makeLongClip(dataDir)
  let servers = [server, second]
  const proxy = await openCuttingProxy(t, (number) => {
    const to = servers[number % servers.length] ?? server
    return { port: portOf(to), cutAfterBytes: Math.round(20_000 + Math.random() * 400_000) }
  })
  const restarted = Promise.withResolvers<void>()
  let isKilled = false
  const killOnce = async (): Promise<void> => {
    if (isKilled) return
    isKilled = true
    second.program.kill('SIGKILL')
    await second.program.exited
    const again = await startServerProgram({
      dataDir,
      port: portOf(second),
      env: { RUNNERS: '0' },
    })
    t.after(() => {
      again.program.kill('SIGKILL')
    })
    servers = [server, again]
  }
  const done = Promise.withResolvers<void>()
  let videoId = ''
  const upload = new Upload(bytes, {
    endpoint: `${proxy.url}/api/v1/uploads`,
    retryDelays,
    metadata: { filename: 'film.mp4', filetype: 'video/mp4', profile: 'tiny' },
    onAfterResponse: (_request, response) => {
      videoId = response.getHeader('X-Reelmill-Video') ?? videoId
    },
    onProgress: (sent) => {
      if (sent > 1_500_000) killOnce().then(restarted.resolve, restarted.reject)
    },
    onError: done.reject,
    onSuccess: () => done.resolve(),
  })
  upload.start()
  await done.promise
  await restarted.promise
  assert.ok(proxy.connections() > 5, `${proxy.connections()} connections`)
  await requirePublished(server, videoId, bytes)
})

test('Uppy uploads through cuts (U2, C-04, C-05)', async (t) => {
  const { server, dataDir } = await openSite(t, { env: { RUNNERS: '1' } })
  const bytes = await makeLongClip(dataDir)
  const proxy = await openCuttingProxy(t, () => ({
    port: portOf(server),
    cutAfterBytes: Math.round(20_000 + Math.random() * 600_000),
  }))
  await uploadByUppy(bytes, {
    endpoint: `${proxy.url}/api/v1/uploads`,
    retryDelays,
    chunkSize: 1_000_000,
    meta: { title: 'Uppy’s film', profile: 'tiny' },
  })
  const { body } = await server.call<{ videos: readonly { id: string; name: string }[] }>('GET', '')
  const [video] = body.videos
  assert.equal(video?.name, 'Uppy’s film')
  await requirePublished(server, video?.id ?? '', bytes)
})

test('The newest connection of an upload gets it, whichever server has the old one (U2)', async (t) => {
  const { server, second } = await openTwoServers(t)
  const { url, videoId } = await beginUpload(server.url, 1000)
  const hanging = request(url, {
    method: 'PATCH',
    headers: { ...tusVersion, ...tusBytes, 'upload-offset': '0', 'content-length': 1000 },
  })
  hanging.on('error', () => undefined)
  hanging.write(Buffer.alloc(400, 1))
  // A connection that is asked for its upload before its bytes are there leaves none.
  await waitFor('what the first server has', async () => {
    const { upload } = await server.video(videoId)
    return upload?.receivedBytes === 400
  })
  const elsewhere = url.replace(server.url, second.url)
  const offset = await waitFor('what the other server took', async () => {
    const response = await headUpload(elsewhere)
    return response.headers.get('upload-offset') === '400' ? 400 : null
  })
  assert.equal(offset, 400)
  await waitFor('the end of the old connection', () => hanging.destroyed)
  const rest = await fetch(elsewhere, {
    method: 'PATCH',
    headers: { ...tusVersion, ...tusBytes, 'upload-offset': '400' },
    body: Buffer.alloc(600, 2),
  })
  assert.deepEqual([rest.status, rest.headers.get('upload-offset')], [204, '1000'])
})
