import type { MediaInfo } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { nameFilm } from '../films.ts'
import { type OutlinedRendition, outlinePlan, type PlanOutline } from '../outline-plan.ts'
import type { ChunkPlan } from '../plan.ts'
import { planVersion } from '../plan-version.ts'
import type { ChunkProfile } from '../profile.ts'
import type { Fleet } from '../share-renditions.ts'
import { estimateDecodeSeconds, estimateEncodeSeconds } from './estimate-cpu.ts'
import { type JudgedRung, judgeRungs } from './judge-rungs.ts'

/** What a profile gives for a source, in figures for whoever edits it. */
export interface ProfilePreview extends Omit<PlanOutline, 'renditions'> {
  readonly renditions: readonly PreviewedRendition[]
  /** Of each row of the ladder, in its order. */
  readonly rungs: readonly JudgedRung[]
  /** null without pictures, as what follows. */
  readonly framesPerSecond: number | null
  readonly gopFrames: number | null
  readonly segmentFrames: number | null
  readonly films: readonly PreviewedFilm[]
  readonly storyboard: boolean
  /** Of one core of a usual server, all renditions together; null for whole files. */
  readonly estimatedCpuSeconds: number | null
}

export interface PreviewedRendition extends OutlinedRendition {
  /** Of sound and of whole files null, as what follows. */
  readonly encoder: string | null
  readonly preset: string | null
  readonly crf: number | null
  readonly level: string | null
  readonly estimatedCpuSeconds: number | null
}

export interface PreviewedFilm {
  readonly rendition: string
  /** The name of its file. */
  readonly file: string
  readonly estimatedBytes: number
}

/** What a profile with a ladder gives for a source: pure, as the planning that it asks. */
export function previewProfile(
  profile: ChunkProfile,
  media: MediaInfo,
  fleet: Fleet,
): ProfilePreview {
  const plan = planVersion(media, profile, fleet)
  const outline = outlinePlan(plan, media)
  const framesPerSecond = plan.grid ? toNumber(plan.grid.frameRate) : null
  const frames = outline.durationSeconds * (framesPerSecond ?? 0)
  const renditions = outline.renditions.map((each) => detail(each, plan, frames))
  const films = previewFilms(plan, outline, framesPerSecond ?? 0)
  const decodeSeconds =
    media.video && plan.video.length > 0 ? estimateDecodeSeconds(media.video, frames) : 0
  return {
    ...outline,
    renditions,
    rungs: media.video ? judgeRungs(profile.video, media.video, plan.video) : [],
    framesPerSecond,
    ...countFrames(plan),
    films,
    storyboard: plan.storyboard ?? false,
    estimatedBytes: sumOf([outline, ...films].map((each) => each.estimatedBytes)),
    estimatedCpuSeconds: decodeSeconds + sumOf(renditions.map((each) => each.estimatedCpuSeconds)),
  }
}

function countFrames({ grid }: ChunkPlan): Pick<ProfilePreview, 'gopFrames' | 'segmentFrames'> {
  return { gopFrames: grid?.gopFrames ?? null, segmentFrames: grid?.segmentFrames ?? null }
}

function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}

/** The same of an outline that has no more to tell. */
export function withoutDetails(outline: PlanOutline): ProfilePreview {
  const unknown = { encoder: null, preset: null, crf: null, level: null, estimatedCpuSeconds: null }
  return {
    ...outline,
    renditions: outline.renditions.map((each) => ({ ...each, ...unknown })),
    ...{ rungs: [], framesPerSecond: null, gopFrames: null, segmentFrames: null },
    ...{ films: [], storyboard: false, estimatedCpuSeconds: null },
  }
}

/** Sound takes some thousandth of real time a track. */
const soundShare = 0.005

function detail(outlined: OutlinedRendition, plan: ChunkPlan, frames: number): PreviewedRendition {
  const rendition = plan.video.find(({ name }) => name === outlined.name)
  if (!rendition) {
    const seconds = plan.grid ? frames / toNumber(plan.grid.frameRate) : 0
    const none = { encoder: null, preset: null, crf: null, level: null }
    return { ...outlined, ...none, estimatedCpuSeconds: seconds * soundShare }
  }
  const { name: encoder, preset, crf, level } = rendition.encoder
  const estimatedCpuSeconds = estimateEncodeSeconds(rendition, frames)
  return { ...outlined, encoder, preset, crf, level, estimatedCpuSeconds }
}

function previewFilms(
  { mp4 = [], audio }: ChunkPlan,
  { renditions }: PlanOutline,
  framesPerSecond: number,
): PreviewedFilm[] {
  const bytesOf = (name: string | undefined) =>
    renditions.find((each) => each.name === name)?.estimatedBytes ?? 0
  const sound = audio.find(({ isDefault }) => isDefault) ?? audio[0]
  return mp4.map((rendition) => ({
    rendition,
    file: nameFilm(rendition, framesPerSecond),
    estimatedBytes: bytesOf(rendition) + bytesOf(sound?.name),
  }))
}
