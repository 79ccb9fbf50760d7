import type { AudioRendition, VideoRendition } from '#jobs/payload.ts'
import { toNumber } from '#media/rational.ts'
import type { FileFacts, PlanFacts } from './plan-facts.ts'
import { renditionProgress } from './progress.ts'
import type { FileRow, VideoRow } from './row.ts'
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
  const { width, height, fps } = file ?? rendition
  return {
    name,
    kind: hasVideo ? 'video' : 'audio',
    codec: hasVideo ? 'h264' : 'aac',
    width,
    height,
    fps: hasVideo ? fps : null,
    frames: null,
    ...measuredFile(file),
    encoder: null,
    language: null,
    channels: null,
  }
}

function measuredFile(file: FileRow | undefined) {
  if (!file) return { bytes: 0, bandwidth: null, averageBandwidth: null, progress: 0 }
  const { bytes, peakBps: bandwidth, averageBps: averageBandwidth } = file
  return { bytes, bandwidth, averageBandwidth, progress: 1 }
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
