import { useState } from 'react'
import type { Video } from '../api/client.ts'
import { isUnderWay } from '../words/video-states.ts'
import { addSample, describeRemaining, estimateRemainingMs, type Sample } from './remaining.ts'

/** How long it may take, in words; null while nobody can tell. */
export function useRemaining({
  state,
  progress,
}: Pick<Video, 'state' | 'progress'>): string | null {
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const [seen, setSeen] = useState<number | null>(null)
  const counts = isUnderWay(state) && state !== 'uploading'
  if (counts && progress !== seen) {
    setSeen(progress)
    setSamples((before) => addSample(before, { atMs: performance.now(), progress }))
  }
  const ms = counts ? estimateRemainingMs(samples) : null
  return ms === null ? null : describeRemaining(ms)
}
