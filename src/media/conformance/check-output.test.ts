import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { checkOutput } from './check-output.ts'
import { makeSampleOutput } from './sample-output.ts'

const types: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mpd': 'application/dash+xml',
  '.mp4': 'video/mp4',
  '.m4s': 'video/iso.segment',
}

/** Serves a folder as it should be, but for what is changed. */
async function serve(
  folder: string,
  change: { readonly gzip?: boolean; readonly types?: Readonly<Record<string, string>> } = {},
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '', 'http://x').pathname.slice(1)
    readFile(join(folder, name)).then(
      (bytes) => {
        const type = { ...types, ...change.types }[extname(name)]
        if (type) response.setHeader('content-type', type)
        const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
        if (range) response.statusCode = 206
        const body = range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes
        const gzip = (change.gzip ?? true) && extname(name) === '.m3u8'
        if (gzip) response.setHeader('content-encoding', 'gzip')
        response.end(gzip ? gzipSync(body) : body)
      },
      () => response.writeHead(404).end(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, server }
}

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-sample-'))
  await makeSampleOutput(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

async function rulesAt(...args: Parameters<typeof serve>): Promise<string[]> {
  const { url, server } = await serve(...args)
  try {
    const { findings } = await checkOutput(url)
    return [...new Set(findings.map(({ rule }) => rule))].toSorted()
  } finally {
    server.close()
  }
}

describe('a check', () => {
  it('counts frames, time and rates from the segments', async () => {
    const { tracks, empty } = await checkOutput(folder)
    assert.equal(empty, false)
    const video = tracks.find(({ name }) => name === 'lo.m3u8')
    assert.equal(video?.frames, 300)
    assert.equal(video?.durationSeconds, 12)
    assert.deepEqual(video?.codecs, ['avc1.42c00c'])
    assert.equal(tracks.find(({ name }) => name === 'lo-iframes.m3u8')?.frames, 2)
    assert.equal(tracks.length, 5, 'what DASH shares with HLS is told once')
  })

  it('by URL finds nothing where all is delivered as it should be', async () => {
    assert.deepEqual(await rulesAt(folder), [])
  })

  it('finds playlists that are not gzipped: 10.1', async () => {
    assert.deepEqual(await rulesAt(folder, { gzip: false }), ['10.1'])
  })

  it('finds files of another type: 10.4', async () => {
    assert.deepEqual(await rulesAt(folder, { types: { '.m4s': 'text/plain' } }), ['10.4'])
  })

  it('is empty where there is nothing to check', async () => {
    for (const place of [join(folder, 'nothing'), 'http://127.0.0.1:1/', '/dev/null']) {
      assert.equal((await checkOutput(place)).empty, true)
    }
  })

  it('that decodes counts the pictures that come out', async () => {
    const { findings, tracks } = await checkOutput(folder, { decode: true })
    assert.deepEqual(findings, [])
    assert.equal(tracks.find(({ name }) => name === 'hi.m3u8')?.decodedFrames, 300)
  })

  it('makes a finding of anything that is damaged, never an exception', async () => {
    const names = ['lo.m3u8', 'lo-init.mp4', 'lo-0.m4s', 'au-1.m4s', 'manifest.mpd', 'master.m3u8']
    for (const name of names) {
      const path = join(folder, name)
      const whole = await readFile(path)
      for (const length of [0, 7, Math.floor(whole.length / 2), whole.length - 1]) {
        await truncate(path, length)
        const { findings } = await checkOutput(folder)
        if (length > 0 && length < whole.length - 1)
          assert.ok(findings.length > 0, `${name} ${length}`)
        await writeFile(path, whole)
      }
      await writeFile(path, whole.toReversed())
      assert.ok((await checkOutput(folder)).findings.length > 0, name)
      await writeFile(path, whole)
    }
  })
})
