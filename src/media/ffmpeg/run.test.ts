import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { test } from 'node:test'
import type { Progress } from './progress.ts'
import { pipeUrl, spawnFfmpeg, spawnFfprobe } from './run.ts'

const second = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=1']
const endless = ['-re', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25']
const raw = ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-f', 'rawvideo']
const frameBytes = (160 * 90 * 3) / 2

async function countBytes(stream: Readable | undefined): Promise<number> {
  let bytes = 0
  for await (const chunk of stream ?? []) bytes += chunk.length
  return bytes
}

test('every pipe gets its own output whole, with progress and cost', async () => {
  const reports: Progress[] = []
  const args = [...second, ...raw, pipeUrl(0), ...raw, '-frames:v', '5', pipeUrl(1)]
  const run = spawnFfmpeg(args, { pipes: 2, onProgress: (report) => reports.push(report) })
  const sizes = await Promise.all(run.pipes.map(countBytes))
  const outcome = await run.done
  assert.equal(outcome.ok, true)
  assert.deepEqual(sizes, [25 * frameBytes, 5 * frameBytes])
  assert.ok(outcome.cpuSeconds > 0)
  assert.ok(outcome.peakMemoryBytes > 1e6)
  assert.ok(reports.length > 0)
  assert.equal(typeof reports.at(-1)?.outTimeSeconds, 'number')
})

test('a stream that is read late loses nothing', async () => {
  const run = spawnFfmpeg([...second, ...raw, pipeUrl(0)], { pipes: 1 })
  await spawnFfprobe(['-version']).done
  assert.equal(await countBytes(run.pipes[0]), 25 * frameBytes)
  assert.equal((await run.done).ok, true)
})

test('a failure is data, with the last lines and without paths of the machine', async () => {
  const outcome = await spawnFfmpeg(['-i', '/nowhere/secret/film.mp4', '-f', 'null', '-']).done
  assert.equal(outcome.ok, false)
  assert.equal(outcome.exitCode, 1)
  assert.match(outcome.stderrTail.join('\n'), /film\.mp4: No such file/)
  assert.doesNotMatch(outcome.stderrTail.join('\n'), /secret/)
})

test('a run is stopped by its signal, even one that nobody reads', async () => {
  const controller = new AbortController()
  const run = spawnFfmpeg([...endless, ...raw, pipeUrl(0)], {
    pipes: 1,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  const outcome = await run.done
  assert.deepEqual([outcome.isCanceled, outcome.timedOut, outcome.signal], [true, false, 'SIGKILL'])
  assert.ok(outcome.peakMemoryBytes > 1e6)
})

test('a signal that fired already stops the run at once', async () => {
  const outcome = await spawnFfmpeg([...endless, '-f', 'null', '-'], {
    signal: AbortSignal.abort(),
  }).done
  assert.equal(outcome.isCanceled, true)
})

test('a run that takes longer than it may is stopped', async () => {
  const outcome = await spawnFfmpeg([...endless, '-f', 'null', '-'], { timeoutMs: 200 }).done
  assert.deepEqual([outcome.ok, outcome.timedOut, outcome.isCanceled], [false, true, false])
})

test('leaving a stream ends ffmpeg', async () => {
  const run = spawnFfmpeg([...endless, ...raw, pipeUrl(0)], { pipes: 1 })
  for await (const _ of run.pipes[0] ?? []) break
  assert.equal((await run.done).ok, false)
})

test('a missing program is ffmpeg_missing', async () => {
  const programs = { ffmpeg: 'no-such-ffmpeg', ffprobe: 'no-such-ffprobe' }
  await assert.rejects(spawnFfmpeg([], { programs }).done, { code: 'ffmpeg_missing' })
})

test('what is there but is no program is ffmpeg_missing too, and not the fault of the file', async () => {
  const programs = { ffmpeg: import.meta.dirname, ffprobe: import.meta.dirname }
  await assert.rejects(spawnFfmpeg([], { programs }).done, { code: 'ffmpeg_missing' })
})

test('ffmpeg sees none of our environment', {
  skip: !existsSync('/proc/self/environ'),
}, async () => {
  process.env.REELMILL_TEST_SECRET = 'hunter2'
  const run = spawnFfmpeg(
    [
      '-f',
      'data',
      '-i',
      'file:/proc/self/environ',
      '-map',
      '0',
      '-c',
      'copy',
      '-f',
      'data',
      pipeUrl(0),
    ],
    { pipes: 1 },
  )
  const chunks: Buffer[] = []
  for await (const chunk of run.pipes[0] ?? []) chunks.push(chunk)
  await run.done
  delete process.env.REELMILL_TEST_SECRET
  assert.doesNotMatch(Buffer.concat(chunks).toString(), /hunter2/)
})
