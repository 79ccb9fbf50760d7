import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { defaultPrograms } from '#media/ffmpeg/programs.ts'
import { makeClip } from '../../../../test/support/clip.ts'
import { countCost } from './cost.ts'
import { canCopyAll } from './full-copy.ts'
import { openInput } from './open-input.ts'
import { combineSources, type Sources } from './open-sources.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-full-copy-'))
test.after(() => rm(folder, { recursive: true, force: true }))

async function open(output: readonly string[] = []): Promise<Sources> {
  const path = await makeClip({ folder, name: 'clip.mp4', seconds: 10, size: '320x180', output })
  const signal = new AbortController().signal
  const opening = { signal, programs: defaultPrograms, cost: countCost() }
  return combineSources(await openInput(path, opening), null)
}

const order = { resolution: 180, fps: 25 }
const bounded = ['-maxrate', '300k', '-bufsize', '300k']

test('only what is in every point as ordered is copied', async () => {
  const sources = await open(bounded)
  assert.equal(canCopyAll(sources, order, true), true)
  assert.equal(canCopyAll(sources, { ...order, fps: 24 }, true), false)
  assert.equal(canCopyAll(sources, { ...order, resolution: 144 }, true), false)
})

test('sound that players may not have keeps a rendition with sound from being copied, not one without', async () => {
  const sources = await open([...bounded, '-c:a', 'libmp3lame'])
  assert.equal(canCopyAll(sources, order, true), false)
  assert.equal(canCopyAll(sources, order, false), true)
})

test('a rate above the limit of its size, and key frames too far apart, are not copied', async () => {
  assert.equal(canCopyAll(await open(['-crf', '1']), order, true), false)
  assert.equal(canCopyAll(await open([...bounded, '-g', '999']), order, true), false)
})
