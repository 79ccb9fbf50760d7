import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import type { AudioPayload } from '#jobs/payload.ts'
import { defaultPrograms } from '#media/ffmpeg/programs.ts'
import { makeClip } from '../../../test/support/clip.ts'
import { encodeAudio } from './encode-audio.ts'
import type { SourceLocation } from './work.ts'

let folder: string
let clip: Buffer

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-broken-'))
  clip = await readFile(await makeClip({ folder, name: 'clip.ts', seconds: 20 }))
})
after(() => rm(folder, { recursive: true, force: true }))

test('A source that breaks off for good is nobody’s damage, and silence in its place is not handed in', async (t) => {
  const half = clip.length >> 1
  const url = await serve(t, (response, start, count) => {
    if (count > 1) return refuse(response, 404)
    response.writeHead(206, headersFrom(start))
    response.write(clip.subarray(start, half), () => response.destroy())
  })
  const handedIn: number[] = []
  await assert.rejects(encode(url, handedIn), { code: 'server_unreachable' })
  assert.ok(handedIn.length <= 10, handedIn.join())
})

test('A server that is away for a moment is waited for, and the sound is whole', async (t) => {
  const half = clip.length >> 1
  const url = await serve(t, (response, start, count) => {
    if (count === 2) return refuse(response, 503)
    response.writeHead(206, headersFrom(start))
    if (count > 1) response.end(clip.subarray(start))
    else response.write(clip.subarray(start, half), () => response.destroy())
  })
  const handedIn: number[] = []
  const { segments } = await encode(url, handedIn)
  assert.equal(segments['audio-0'], handedIn.length)
  assert.ok(handedIn.length >= 20)
})

test('What is left when ffmpeg dies is no last segment: it may be short, and would be kept', async () => {
  const ffmpeg = join(folder, 'dies-at-the-end')
  await writeFile(ffmpeg, '#!/bin/sh\nffmpeg "$@"\nkill -9 $$\n', { mode: 0o755 })
  const source = { kind: 'file', path: join(folder, 'clip.ts') } as const
  const payload = { type: 'vod-audio-encoding', ...order, durationSeconds: 3.5 } as const
  const [whole, cut]: [number[], number[]] = [[], []]
  await encode(source, whole, { payload })
  assert.deepEqual(whole, [0, 1, 2, 3])
  const dying = encode(source, cut, { payload, programs: { ...defaultPrograms, ffmpeg } })
  await assert.rejects(dying, { code: 'ffmpeg_failed' })
  assert.deepEqual(cut, [0, 1, 2])
})

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}

function headersFrom(start: number) {
  return {
    'content-range': `bytes ${start}-${clip.length - 1}/${clip.length}`,
    'content-length': clip.length - start,
  }
}

type Answer = (response: ServerResponse, start: number, count: number) => void

/** Serves by `answer`, which is told where to start and how many requests there were. */
async function serve(t: TestContext, answer: Answer): Promise<string> {
  let count = 0
  const server = createServer((request, response) => {
    count += 1
    answer(response, Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0), count)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/source`
}

function encode(
  source: string | SourceLocation,
  handedIn: number[],
  changes: Partial<Parameters<typeof encodeAudio>[0]> = {},
) {
  return encodeAudio({
    payload: { type: 'vod-audio-encoding', ...order },
    source: typeof source === 'string' ? { kind: 'http', url: source } : source,
    scratch: folder,
    signal: AbortSignal.timeout(60_000),
    threads: 1,
    niceness: 0,
    programs: defaultPrograms,
    report: () => undefined,
    handIn: {
      init: async () => undefined,
      segment: async (_track, number) => void handedIn.push(number),
    },
    ...changes,
  })
}

const order: AudioPayload = {
  input: { demuxer: 'mpegts', originSeconds: 1.4, sizeBytes: 0 },
  renditions: [
    {
      name: 'audio-0',
      sourceStream: 1,
      codec: 'aac',
      channels: 2,
      sampleRate: 48_000,
      bitRateBps: 64_000,
      language: 'und',
      title: null,
      isDefault: true,
    },
  ],
  segmentSeconds: [1, 1],
  durationSeconds: 20,
  normalizeLoudness: false,
}
