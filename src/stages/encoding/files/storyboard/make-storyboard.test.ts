import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { StoryboardPayload } from '#jobs/file-payload.ts'
import { runFfmpeg } from '../../../../../test/support/ffmpeg.ts'
import { makeContext, measureLuma, probeFile } from '../work-context.test-support.ts'
import { makeStoryboard } from './make-storyboard.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-storyboard-'))
test.after(() => rm(folder, { recursive: true, force: true }))

const seconds = 13
/** Second n has the brightness 20 + 15 n: each picture tells its time. */
async function makeRamp(name: string, options: readonly string[]): Promise<string> {
  const path = join(folder, name)
  const ramp = `color=black:s=96x54:r=10:d=${seconds},geq=lum='20+15*floor(T+0.001)':cb=128:cr=128`
  await runFfmpeg(['-f', 'lavfi', '-i', ramp, '-c:v', 'libx264', ...options, path])
  return path
}

let jobs = 0

async function work(videoFileUrl: string, duration = 3) {
  jobs += 1
  const payload: StoryboardPayload = {
    input: { videoFileUrl },
    sprites: { size: { width: 48, height: 27 }, count: { width: 3, height: 2 }, duration },
  }
  const context = await makeContext(payload, { scratch: join(folder, `job-${jobs}`) })
  const { files } = await makeStoryboard(context)
  assert.ok(files.storyboardFile)
  const { path, type, filename } = files.storyboardFile
  const jumped = (await readdir(context.scratch)).includes('tiles.rgb')
  const tiles = [0, 1, 2, 3, 4, 5].map((index) => {
    const x = (index % 3) * 48 + 20
    return measureLuma(path, { x, y: Math.floor(index / 3) * 27 + 9 })
  })
  return {
    path,
    type,
    filename,
    jumped,
    tiles: await Promise.all(tiles),
    ...(await probeFile(path)),
  }
}

/** The luma of second n in full range. */
const expected = (second: number) => ((20 + 15 * second - 16) * 255) / 219

const containers = [
  { name: 'jumps.mp4', options: ['-g', '10'], how: 'by jumping to its key frames' },
  { name: 'reads.mkv', options: ['-g', '250'], how: 'by reading it when it has few key frames' },
  { name: 'stream.ts', options: ['-g', '10'], how: 'by reading it when it cannot be jumped in' },
]

for (const { name, options, how } of containers) {
  test(`tile n shows the picture at n × duration, ${how}, and what is over stays black`, async () => {
    const { video, type, filename, tiles, jumped } = await work(await makeRamp(name, options))
    assert.deepEqual([video?.codec_name, video?.width, video?.height], ['mjpeg', 144, 54])
    assert.equal(jumped, name === 'jumps.mp4')
    assert.equal(type, 'image/jpeg')
    assert.match(filename, /\.jpg$/)
    for (const [index, luma] of tiles.slice(0, 5).entries()) {
      const wanted = expected(index * 3)
      assert.ok(Math.abs(luma - wanted) < 6, `tile ${index}: ${luma}, expected ${wanted}`)
    }
    assert.ok((tiles[5] ?? 255) < 6)
  })
}

test('a picture that stays for long is on every tile until the next', async () => {
  const source = await makeRamp('slides.mkv', ['-g', '10'])
  const slides = join(folder, 'held.mp4')
  const pick = "select='eq(n,0)+eq(n,50)+eq(n,129)'"
  await runFfmpeg(['-i', source, '-vf', pick, '-vsync', 'vfr', '-c:v', 'libx264', slides])
  const { tiles } = await work(slides)
  const wanted = [0, 0, 5, 5, 5].map(expected)
  for (const [index, value] of wanted.entries()) {
    assert.ok(Math.abs((tiles[index] ?? 0) - value) < 6, `tile ${index}: ${tiles[index]}`)
  }
})

test('an impossible sheet is refused', async () => {
  const source = await makeRamp('fine.mp4', [])
  await assert.rejects(work(source, 0), { code: 'job_invalid' })
})
