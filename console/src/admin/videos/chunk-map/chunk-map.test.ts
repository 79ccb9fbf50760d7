import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellOf, worstOf } from './cell-state.ts'
import type { ChunkMap, MappedChunk, MappedJob } from './chunk-map-query.ts'
import { mergeMaps } from './merge-maps.ts'

const job = (changes: Partial<MappedJob>): MappedJob => ({
  ...{
    uuid: 'a',
    type: 'vod-chunk-encoding',
    label: 'chunk',
    state: 'pending',
    renditions: ['90p'],
  },
  ...{ runner: null, failures: 0, error: null, progress: 0, startedAt: null, finishedAt: null },
  ...{ wallSeconds: null, cpuSeconds: null, speed: null },
  ...changes,
})

const chunk = (changes: Partial<MappedChunk>): MappedChunk => ({
  ...{ index: 0, firstFrame: 0, lastFrame: 49, startSeconds: 0, endSeconds: 2 },
  ...{ firstSegment: 0, segments: 2, done: {}, jobs: [job({})] },
  ...changes,
})

const map = (changes: Partial<ChunkMap>): ChunkMap => ({
  ...{ version: 1, state: 'encoding', layout: '1', next: '1@1', complete: true },
  ...{ durationSeconds: 4, renditions: [], chunks: [], sound: [], other: [] },
  totals: { chunks: 2, chunksDone: 0, jobs: {}, failures: 0, cpuSeconds: 0, wallSeconds: null },
  ...changes,
})

test('a cell is what its jobs are, and done when its segments are there (P-72)', () => {
  const cell = (changes: Partial<MappedChunk>) => cellOf(chunk(changes), '90p')
  assert.deepEqual(cell({}), { state: 'waiting', share: 0 })
  assert.equal(cell({ jobs: [job({ failures: 1 })] }).state, 'again')
  const working = [job({ state: 'processing', progress: 0.25 })]
  assert.deepEqual(cell({ jobs: working }), { state: 'working', share: 0.25 })
  assert.equal(cell({ jobs: working, done: { '90p': 1 } }).share, 0.5)
  assert.deepEqual(cell({ jobs: working, done: { '90p': 2 } }), { state: 'done', share: 1 })
  const again = [job({ failures: 1 })]
  assert.equal(cell({ jobs: again, done: { '90p': 2 } }).state, 'again')
  assert.equal(cell({ jobs: [] }).state, 'none')
  assert.equal(cell({ jobs: [], done: { '90p': 2 } }).state, 'done')
  assert.equal(cell({ jobs: [job({ renditions: ['45p'] })] }).state, 'none')
  assert.equal(cell({ segments: null, jobs: [job({ state: 'completed' })] }).state, 'done')
  assert.equal(worstOf(['done', 'failed', 'working']), 'failed')
})

test('sound is one job for all chunks, and each shows how much of it is there', () => {
  const sound = [job({ renditions: ['audio-0'], state: 'processing', progress: 0.9 })]
  assert.deepEqual(cellOf(chunk({ done: { 'audio-0': 1 } }), 'audio-0', sound), {
    ...{ state: 'working', share: 0.5 },
  })
})

test('what changed takes the place of what was, and the rest stays the very same (U122)', () => {
  const jobs = [job({ uuid: 'b' }), job({ uuid: 'c' })]
  const before = map({ chunks: [chunk({}), chunk({ index: 1, jobs })] })
  const changed = chunk({ index: 1, done: { '90p': 1 }, jobs: [job({ uuid: 'c', failures: 1 })] })
  const merged = mergeMaps(before, map({ complete: false, next: '1@2', chunks: [changed] }))
  assert.equal(merged.chunks[0], before.chunks[0])
  assert.deepEqual(
    merged.chunks[1]?.jobs.map(({ uuid, failures }) => [uuid, failures]),
    [
      ['b', 0],
      ['c', 1],
    ],
  )
  assert.deepEqual([merged.next, merged.chunks[1]?.done], ['1@2', { '90p': 1 }])
  const planned = map({ layout: '2', chunks: [chunk({})] })
  assert.equal(mergeMaps(before, planned), planned)
})
