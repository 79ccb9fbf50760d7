import type { ChunkMap, MappedChunk, MappedJob } from './chunk-map-query.ts'

/**
 * A map that was read before with what changed since. Chunks that did not change stay the same
 * objects, so that they are not drawn again.
 */
export function mergeMaps(before: ChunkMap | undefined, news: ChunkMap): ChunkMap {
  if (!before || news.complete || before.layout !== news.layout) return news
  const changed = new Map(news.chunks.map((chunk) => [chunk.index, chunk]))
  return {
    ...news,
    complete: true,
    chunks: before.chunks.map((chunk) => mergeChunk(chunk, changed.get(chunk.index))),
    sound: mergeJobs(before.sound, news.sound),
    other: mergeJobs(before.other, news.other),
  }
}

function mergeChunk(before: MappedChunk, news: MappedChunk | undefined): MappedChunk {
  return news ? { ...news, jobs: mergeJobs(before.jobs, news.jobs) } : before
}

function mergeJobs(before: MappedJob[], news: readonly MappedJob[]): MappedJob[] {
  if (news.length === 0) return before
  const changed = new Map(news.map((job) => [job.uuid, job]))
  return before.map((job) => changed.get(job.uuid) ?? job)
}
