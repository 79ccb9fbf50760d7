import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSite } from '../journeys/site.ts'
import { nastyClips } from './nasty-clips.ts'
import { runFile } from './run-file.ts'

/** Forty videos, made and watched to their last frame: 200 seconds of a processor. */
const timeout = 840_000

test('Every odd or broken file ends published, whole and conforming, or failed with a code and a sentence (U20)', {
  timeout,
}, async (t) => {
  const { server, dataDir } = await openSite(t)
  const waiting = [...nastyClips]
  const runNext = async (): Promise<void> => {
    for (let clip = waiting.shift(); clip; clip = waiting.shift()) {
      const { name, expect, make } = clip
      const path = join(dataDir, name)
      await make(path)
      const verdict = await runFile(server, path, { profile: 'tiny', deadlineMs: 240_000 })
      await t.test(`${name}: ${verdict.outcome}`, () => {
        assert.deepEqual(verdict.faults, [])
        const came = verdict.outcome === 'published' ? 'published' : 'failed'
        if (expect !== 'either') assert.equal(came, expect, verdict.sentence)
      })
    }
  }
  await Promise.all([runNext(), runNext(), runNext()])
})
