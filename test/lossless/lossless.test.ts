import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeImitations } from './imitations.ts'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import { shortCuttings } from './profiles.ts'
import { proveLossless } from './prove-lossless.ts'
import { aacFrameSamples } from './sound-lag.ts'

let laboratory: Laboratory
let sources: readonly string[]

before(async () => {
  laboratory = await openLaboratory(shortCuttings, [90, 54])
  sources = await makeImitations(laboratory.folder)
})
after(() => laboratory.close())

test('Chunks of every length have the very frames of one ffmpeg over the whole file, and the same sound, for eleven kinds of sources', async (t) => {
  for (const source of sources) {
    await t.test(source.slice(laboratory.folder.length + 1), async () => {
      const proof = await proveLossless(laboratory.server, source, shortCuttings)
      assert.ok(proof.frames > 50)
      assert.equal(proof.renditions.length, 2)
      assert.deepEqual(proof.differences, [])
      for (const { lagSamples, extraSamples } of proof.lags) {
        assert.ok(lagSamples !== null && Math.abs(lagSamples) <= 48, `late by ${lagSamples}`)
        assert.ok(Math.abs(extraSamples) <= aacFrameSamples, `${extraSamples} samples more`)
      }
    })
  }
})
