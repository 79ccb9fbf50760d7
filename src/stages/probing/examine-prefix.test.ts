import assert from 'node:assert/strict'
import { copyFile, mkdir, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { execa } from 'execa'
import { readConfig } from '#config/config.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { openFile } from '#media/probe/opened-source.ts'
import { makeClip } from '../../../test/support/clip.ts'
import { makeFolder } from '../../../test/support/files.ts'
import { type ExaminedPrefix, examinePrefix } from './examine-prefix.ts'
import { probeFile } from './probe.ts'

const limits = readConfig({})
const faststart = ['-movflags', '+faststart', '-bf', '2']

/** What is found of the first bytes of a file, at several lengths; null where nothing is promised. */
async function examineCuts(folder: string, clip: string, shares: readonly number[]) {
  const { size } = await stat(clip)
  const cuts: { path: string; found: ExaminedPrefix | null }[] = []
  for (const share of shares) {
    const arrivedBytes = Math.floor(size * share)
    const path = join(folder, `cut-${arrivedBytes}`)
    await copyFile(clip, path)
    await truncate(path, arrivedBytes)
    const scratch = join(folder, `scratch-${arrivedBytes}`)
    await mkdir(scratch)
    const found = await examinePrefix({ source: await openFile(path), limits, scratch })
    cuts.push({ path: found?.copyPath ?? path, found })
  }
  return cuts
}

/** All packets of a stream that are presented before a time, as a reader of that stream alone sees them. */
async function listPackets(path: string, stream: number, untilSeconds: number): Promise<string[]> {
  const output = ['-map', `0:${stream}`, '-c', 'copy', '-f', 'framecrc', '-']
  const { stdout } = await execa('ffmpeg', ['-v', 'quiet', '-copyts', '-i', path, ...output])
  const [, numerator, denominator] = /#tb 0: (\d+)\/(\d+)/.exec(stdout) ?? []
  const toSeconds = (ticks: number) => (ticks * Number(numerator)) / Number(denominator)
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.filter((line) => toSeconds(Number(line.split(',')[2])) < untilSeconds)
}

function factsOf({ video, audio, originSeconds, demuxer, access }: MediaInfo) {
  const { index, codec, width, height, frameRate, variableFrameRate } = video ?? {}
  return {
    video: { index, codec, width, height, frameRate, variableFrameRate },
    audio: audio.map(({ index: at, codec: name, channels }) => ({ at, name, channels })),
    originSeconds,
    demuxer,
    access,
  }
}

async function proveCuts(t: TestContext, clip: string, folder: string): Promise<number[]> {
  const whole = await probeFile({ path: clip, scratch: await makeFolder(t), limits })
  const read = whole.readablePath ?? clip
  const shares = [0.0001, 0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 0.999]
  const promised: number[] = []
  for (const { path, found } of await examineCuts(folder, clip, shares)) {
    if (!found) continue
    assert.deepEqual(factsOf(found.media), factsOf(whole.media))
    const { pictureSeconds, soundSeconds } = found.arrived
    const streams: [number, number][] = [
      [found.media.video?.index ?? 0, pictureSeconds],
      ...found.media.audio.map(({ index }): [number, number] => [index, soundSeconds]),
    ]
    for (const [stream, until] of streams) {
      assert.deepEqual(
        await listPackets(path, stream, until),
        await listPackets(read, stream, until),
      )
    }
    promised.push(pictureSeconds)
  }
  return promised
}

test('A prefix of an MP4 whose index comes first promises the pictures that are there, and no others', async (t) => {
  const folder = await makeFolder(t)
  const clip = await makeClip({ folder, seconds: 12, output: faststart })
  const promised = await proveCuts(t, clip, folder)
  assert.ok(promised.length >= 5, 'most cuts are of use')
  assert.ok((promised.at(-1) ?? 0) > 10)
})

test('A prefix of Matroska promises the pictures that are there, and no others', async (t) => {
  const folder = await makeFolder(t)
  const output = ['-bf', '2']
  const clip = await makeClip({ folder, name: 'clip.mkv', seconds: 12, output })
  const promised = await proveCuts(t, clip, folder)
  assert.ok(promised.length >= 4, 'most cuts are of use')
  assert.ok((promised.at(-1) ?? 0) > 8)
})

test('A prefix of a transport stream promises what is in its copy, and that is in the copy of the whole', async (t) => {
  const folder = await makeFolder(t)
  const output = ['-bf', '2', '-b:v', '300k']
  const clip = await makeClip({ folder, name: 'clip.ts', seconds: 12, output })
  const promised = await proveCuts(t, clip, folder)
  assert.ok(promised.length >= 4, 'most cuts are of use')
  assert.ok((promised.at(-1) ?? 0) > 8)
})

test('Where the index comes last, and of what is no video, nothing is promised', async (t) => {
  const folder = await makeFolder(t)
  const shares = [0.1, 0.5, 0.9]
  const last = await makeClip({ folder, seconds: 4 })
  const avi = await makeClip({ folder, name: 'clip.avi', seconds: 4 })
  const text = join(import.meta.dirname, 'examine-prefix.test.ts')
  for (const clip of [last, avi, text]) {
    for (const { found } of await examineCuts(folder, clip, shares)) assert.equal(found, null)
  }
})
