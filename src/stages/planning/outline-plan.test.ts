import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeMediaInfo } from '../../../test/support/media-info.ts'
import { tinyProfile } from '../../../test/support/profiles.ts'
import { outlinePlan } from './outline-plan.ts'
import { planVersion } from './plan-version.ts'

test('A plan is told in figures: renditions, chunks, jobs and about how large it gets (U35)', () => {
  const media = makeMediaInfo({})
  const plan = planVersion(media, tinyProfile, { own: 1, slots: 1, stock: 0 })
  const outline = outlinePlan(plan, media)
  assert.equal(outline.chunks, plan.chunks.length)
  // The opening is two jobs, and the sound one.
  assert.equal(outline.jobs, plan.chunks.length + 2)
  assert.deepEqual(
    outline.renditions.map(({ name }) => name),
    [...plan.video, ...plan.audio].map(({ name }) => name),
  )
  const sum = outline.renditions.reduce((all, each) => all + (each.estimatedBytes ?? 0), 0)
  assert.equal(outline.estimatedBytes, sum)
  for (const { maxrateBps, estimatedBytes } of outline.renditions) {
    assert.ok((estimatedBytes ?? 0) * 8 <= (maxrateBps ?? 0) * outline.durationSeconds)
  }
})
