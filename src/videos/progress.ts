import type { VersionState } from '#database/tables.ts'
import { toNumber } from '#media/rational.ts'
import type { PlanFacts } from './plan-facts.ts'
import type { VideoRow } from './row.ts'

type Facts = Pick<VideoRow, 'state' | 'plan' | 'media' | 'tracks' | 'work'>

/** Encoding is nearly all of the work; the rest keeps a bar from standing at its end. */
const encodingShare = 0.97

const reached: Partial<Readonly<Record<VersionState, number>>> = {
  uploading: 0,
  probing: 0,
  planning: 0,
  packaging: 0.97,
  publishing: 0.99,
  published: 1,
}

/**
 * 0 to 1. While encoding the further of two measures: what the runners tell of their jobs, and the
 * segments that are there. The second never falls back when a job starts again.
 */
export function progressOf(row: Facts): number {
  const { weight, weightDone } = row.work
  const told = weight > 0 ? weightDone / weight : 0
  return reached[row.state] ?? encodingShare * Math.min(1, Math.max(told, finishedShare(row)))
}

/** 0 to 1: how much of a rendition's frames, or of its sound, is there. */
export function renditionProgress(row: Facts, name: string): number {
  if ((reached[row.state] ?? 0) >= encodingShare) return 1
  const done = row.tracks[name]?.seconds ?? 0
  const all = expectedSeconds(row.plan, name) ?? row.media?.durationSeconds ?? 0
  return all > 0 ? Math.min(1, done / all) : 0
}

function expectedSeconds(plan: PlanFacts | null, name: string): number | null {
  const isVideo = plan?.video.some((rendition) => rendition.name === name)
  if (!isVideo || !plan?.grid || plan.grid.frames === null) return null
  return plan.grid.frames / toNumber(plan.grid.frameRate)
}

function finishedShare(row: Facts): number {
  const video = row.plan?.video ?? []
  const pixels = video.reduce((sum, { width, height }) => sum + width * height, 0)
  const done = video.reduce(
    (sum, { name, width, height }) => sum + width * height * renditionProgress(row, name),
    0,
  )
  return pixels > 0 ? done / pixels : 0
}
