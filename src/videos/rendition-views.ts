import type { AudioRendition, VideoRendition } from '#jobs/payload.ts'
import { toNumber } from '#media/rational.ts'
import type { PlanFacts } from './plan-facts.ts'
import { renditionProgress } from './progress.ts'
import type { VideoRow } from './row.ts'
import type { EncoderView, RenditionView } from './video-view.ts'

/** The renditions of the plan, pictures first, with what is finished of each. */
export function toRenditionViews(row: VideoRow): RenditionView[] {
  const { plan } = row
  if (!plan) return []
  return [
    ...plan.video.map((rendition) => videoView(row, plan, rendition)),
    ...plan.audio.map((rendition) => audioView(row, rendition)),
  ]
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
