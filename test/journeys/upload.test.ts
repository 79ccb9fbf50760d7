import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkOutput } from '#media/conformance/check-output.ts'
import type { VideoView } from '#videos/video-view.ts'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { listFiles } from '../support/files.ts'
import { waitFor } from '../support/wait-for.ts'
import { readEvents } from './events.ts'
import { openSite } from './site.ts'

const journey = ['probing', 'planning', 'encoding', 'packaging', 'publishing', 'published']

test('An uploaded video plays while it is encoded, is published, served in ranges, and leaves nothing when it is deleted (U8, U93)', async (t) => {
  const { server } = await openSite(t)
  const clip = await makeClip({ folder: server.dataDir, seconds: 20 })

  const video = await upload(server.url, clip)
  assert.equal(video.name, 'A film')
  assert.deepEqual(video.metadata, { shelf: 3 })
  const events = readEvents(`${server.url}/api/v1/videos/${video.id}/events`, t)

  const { urls } = await waitFor('playable', async () => {
    const view = await server.video(video.id)
    return view.playable ? view : null
  })
  const growing = await watchPlaylistGrow(urls.hls ?? '')
  assert.ok(growing.events > 0, 'it was an EVENT playlist first')
  assert.ok(growing.lengths.length > 1, `it grew: ${growing.lengths.join()}`)

  const done = await server.settled(video.id)
  assert.equal(done.state, 'published')
  assert.deepEqual(
    done.renditions.map(({ name, frames }) => [name, frames]),
    [
      ['90p', 500],
      ['54p', 500],
      ['audio-0', null],
    ],
  )
  assert.deepEqual(await pictureFrames(done.urls.hls), [500, 500])
  assert.deepEqual(await pictureFrames(done.urls.dash), [500, 500])
  const { findings } = await checkOutput(done.urls.hls ?? '', { decode: true })
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'error'),
    [],
  )
  await readInRanges(`${server.url}/media/${video.id}/90p/0.m4s`)
  const changes = await waitFor('the last event', () => {
    const seen = events.changes()
    return seen.includes('video.published') ? seen : null
  })
  const states = ['created', ...journey].map((state) => `video.${state}`)
  assert.deepEqual(
    changes.filter((type) => states.includes(type)),
    states,
  )

  const { status } = await server.call('DELETE', `/${video.id}`)
  assert.equal(status, 204)
  assert.equal((await server.call('GET', `/${video.id}`)).status, 404)
  assert.equal((await fetch(done.urls.hls ?? '')).status, 404)
  await waitFor('removal of all files', async () => {
    const left = await listFiles(join(server.dataDir, 'storage'))
    return left.length === 0
  })
  await waitFor('the event of the end', () => events.names().includes('deleted'))
})

test('What is no video fails with a code and a sentence that its owner understands', async (t) => {
  const { server } = await openSite(t)
  const { id } = await upload(server.url, join(import.meta.dirname, 'upload.test.ts'))
  const video = await server.settled(id)
  assert.equal(video.state, 'failed')
  assert.equal(video.error?.code, 'source_unreadable')
  assert.match(video.error?.message ?? '', /^The file is text/)
  assert.equal(video.playable, false)
})

async function upload(url: string, path: string): Promise<VideoView> {
  const form = new FormData()
  form.set('name', 'A film')
  form.set('profile', 'tiny')
  form.set('metadata', JSON.stringify({ shelf: 3 }))
  form.set('videoFile', new Blob([await readFile(path)]), 'film.mp4')
  const response = await fetch(`${url}/api/v1/videos/upload`, { method: 'POST', body: form })
  assert.equal(response.status, 201)
  return (await response.json()) as VideoView
}

/** Reads the first variant's playlist until it has an end; how it looked on the way. */
async function watchPlaylistGrow(master: string) {
  let events = 0
  const lengths = new Set<number>()
  await waitFor('end of the playlist', async () => {
    const variants = await (await fetch(master)).text()
    const address = variants.split('\n').find((line) => line.endsWith('index.m3u8')) ?? ''
    const text = await (await fetch(new URL(address, master))).text()
    if (text.includes('#EXT-X-PLAYLIST-TYPE:EVENT')) events += 1
    lengths.add(text.split('#EXTINF').length - 1)
    return text.includes('#EXT-X-ENDLIST')
  })
  return { events, lengths: [...lengths] }
}

async function pictureFrames(location: string | null): Promise<number[]> {
  const streams = await countFrames(location ?? '')
  return streams.filter(({ kind }) => kind === 'video').map(({ frames }) => frames)
}

async function readInRanges(url: string): Promise<void> {
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer())
  const part = await fetch(url, { headers: { range: 'bytes=100-199' } })
  assert.equal(part.status, 206)
  assert.equal(part.headers.get('content-range'), `bytes 100-199/${whole.length}`)
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(100, 200))
  const beyond = await fetch(url, { headers: { range: `bytes=${whole.length}-` } })
  assert.equal(beyond.status, 416)
}
