import type { AudioRendition, VideoRendition } from '#jobs/payload.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import type { ChunkPlan, Plan } from './plan.ts'
import { planJobs } from './plan-jobs.ts'
import { planPieceJobs } from './plan-piece-jobs.ts'
import type { WholeFilePlan } from './whole-files/plan.ts'

/** A plan in figures that people compare. */
export interface PlanOutline {
  readonly profile: string
  readonly durationSeconds: number
  readonly renditions: readonly OutlinedRendition[]
  /** 0 for whole files and for sound alone. */
  readonly chunks: number
  /** Of one rendition; null where only decoding will tell. */
  readonly segments: number | null
  /** Jobs that runners would be offered. */
  readonly jobs: number
  /** About how large all of it would be; null where nobody knows beforehand. */
  readonly estimatedBytes: number | null
}

export interface OutlinedRendition {
  readonly name: string
  readonly kind: 'video' | 'audio'
  readonly codec: string
  /** Pixels; null for sound. */
  readonly width: number | null
  readonly height: number | null
  /** Bits per second that it never exceeds for long; null where its encoder is not told. */
  readonly maxrateBps: number | null
  readonly estimatedBytes: number | null
}

/** A plan in figures: a pure function of the plan and what is known of the source. */
export function outlinePlan(plan: Plan, media: MediaInfo): PlanOutline {
  return plan.kind === 'chunks' ? outlineChunks(plan, media) : outlineFiles(plan, media)
}

function outlineChunks(plan: ChunkPlan, media: MediaInfo): PlanOutline {
  const { grid, profile } = plan
  const isCounted = grid !== null && grid.frames !== null
  const durationSeconds = isCounted
    ? (grid.frames ?? 0) / toNumber(grid.frameRate)
    : media.durationSeconds
  const renditions = [
    ...plan.video.map((each) => outlineVideo(each, media, durationSeconds)),
    ...plan.audio.map((each) => outlineAudio(each, durationSeconds)),
  ]
  return {
    ...{ profile, durationSeconds, renditions },
    chunks: plan.chunks.length,
    segments: isCounted ? Math.ceil((grid.frames ?? 0) / grid.segmentFrames) : null,
    jobs: planJobs(plan, media).length + planPieceJobs(plan).length,
    estimatedBytes: renditions.reduce((sum, each) => sum + (each.estimatedBytes ?? 0), 0),
  }
}

/** Encodes by CRF come to about this share of their ceiling, over the films that were measured. */
const shareOfCeiling = 0.6
/** Bits that a picture needs grow slower than its pixels. */
const growthByPixels = 0.75

function outlineVideo(
  { name, codec, width, height, encoder }: VideoRendition,
  { video, bitRate }: MediaInfo,
  seconds: number,
): OutlinedRendition {
  const { maxrateBps } = encoder
  const share = video ? (width * height) / (video.width * video.height) : 1
  const ofSource = bitRate === null ? maxrateBps : bitRate * share ** growthByPixels
  const bps = Math.min(maxrateBps * shareOfCeiling, ofSource)
  const estimatedBytes = Math.round((bps * seconds) / 8)
  return { name, kind: 'video', codec, width, height, maxrateBps, estimatedBytes }
}

function outlineAudio(
  { name, codec, bitRateBps }: AudioRendition,
  seconds: number,
): OutlinedRendition {
  const estimatedBytes = Math.round((bitRateBps * seconds) / 8)
  const maxrateBps = bitRateBps
  return { name, kind: 'audio', codec, width: null, height: null, maxrateBps, estimatedBytes }
}

/** How runners encode whole files is their own business. */
function outlineFiles({ profile, renditions }: WholeFilePlan, media: MediaInfo): PlanOutline {
  return {
    profile,
    durationSeconds: media.durationSeconds,
    renditions: renditions
      .filter(({ hasVideo, hasAudio }) => hasVideo || hasAudio)
      .map(({ name, hasVideo, width, height }) => ({
        ...{ name, width, height, maxrateBps: null, estimatedBytes: null },
        kind: hasVideo ? ('video' as const) : ('audio' as const),
        codec: hasVideo ? 'h264' : 'aac',
      })),
    chunks: 0,
    segments: null,
    jobs: renditions.length,
    estimatedBytes: null,
  }
}
