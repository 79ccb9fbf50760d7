import type { AudioRendition, VideoRendition } from '#jobs/payload.ts'
import { toNumber } from '#media/rational.ts'
import type { FileFacts, PlanFacts } from './plan-facts.ts'
import { renditionProgress } from './progress.ts'
import type { VideoRow } from './row.ts'
import type { EncoderView, RenditionView } from './video-view.ts'

/** The renditions of the plan, pictures first, with what is finished of each. */
export function toRenditionViews(row: VideoRow): RenditionView[] {
  const { plan, file_plan: filePlan } = row
  if (filePlan) return filePlan.renditions.filter(isFilm).map((each) => fileView(row, each))
  if (!plan) return []
  return [
    ...plan.video.map((rendition) => videoView(row, plan, rendition)),
    ...plan.audio.map((rendition) => audioView(row, rendition)),
  ]
}

/** Storyboards and transcripts are files too, and no renditions. */
function isFilm({ hasVideo, hasAudio }: FileFacts): boolean {
  return hasVideo || hasAudio
}

/** A whole file is there or it is not. */
function fileView(row: VideoRow, rendition: FileFacts): RenditionView {
  const { name, hasVideo } = rendition
  const file = row.files.find((each) => each.name === name)
  return {
    name,
    kind: hasVideo ? 'video' : 'audio',
    codec: hasVideo ? 'h264' : 'aac',
    width: file?.width ?? rendition.width,
    height: file?.height ?? rendition.height,
    fps: hasVideo ? (file?.fps ?? rendition.fps) : null,
    frames: null,
    bytes: file?.bytes ?? 0,
    bandwidth: file?.peakBps ?? null,
    averageBandwidth: file?.averageBps ?? null,
    progress: file ? 1 : 0,
    encoder: null,
    language: null,
    channels: null,
  }
}

function videoView(row: VideoRow, plan: PlanFacts, rendition: VideoRendition): RenditionView {
  const { name, codec, width, height } = rendition
  return {
    name,
    kind: 'video',
    codec,
    width,
    height,
    fps: plan.grid ? toNumber(plan.grid.frameRate) : null,
    frames: row.tracks[name]?.samples ?? 0,
    ...measured(row, name),
    encoder: plan.grid ? encoderView(rendition, plan.grid.gopFrames) : null,
    language: null,
    channels: null,
  }
}

function audioView(row: VideoRow, rendition: AudioRendition): RenditionView {
  const { name, codec, language, channels } = rendition
  return {
    name,
    kind: 'audio',
    codec,
    width: null,
    height: null,
    fps: null,
    frames: null,
    ...measured(row, name),
    encoder: null,
    language,
    channels,
  }
}

function measured(
  row: VideoRow,
  name: string,
): Pick<RenditionView, 'bytes' | 'bandwidth' | 'averageBandwidth' | 'progress'> {
  const totals = row.tracks[name]
  return {
    bytes: totals?.bytes ?? 0,
    bandwidth: totals?.peakBps ?? null,
    averageBandwidth: totals?.averageBps ?? null,
    progress: renditionProgress(row, name),
  }
}

function encoderView({ encoder }: VideoRendition, gopFrames: number): EncoderView {
  const { preset, crf, maxrateBps, bufsizeBits } = encoder
  return { preset, crf, maxrateBps, bufsizeBits, gopFrames }
}
