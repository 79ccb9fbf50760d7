import type { AudioRendition, PictureTreatment, VideoRendition } from '#jobs/payload.ts'
import type { AudioStream, MediaInfo, VideoStream } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { planChunks } from './chunks.ts'
import { planColor } from './color.ts'
import { planGrid } from './grid.ts'
import { planLadder } from './ladder.ts'
import type { ChunkPlan } from './plan.ts'
import { type ChunkProfile, gopSecondsDefault, segmentSecondsDefault } from './profile.ts'

/** Longer chunks lose more when a runner dies; shorter ones cost more decoder starts and tails. */
const chunkSecondsMaxDefault = 60

/**
 * What will be done for a source: a pure function of what is known of it, the profile, and how many
 * runners may share the work. Fails with nothing: a source without pictures gets a plan of sound,
 * and a source of neither was refused by probing.
 */
export function planVersion(media: MediaInfo, profile: ChunkProfile, runners: number): ChunkPlan {
  const audio = media.audio.map((stream, index) => planAudio(stream, index, profile))
  const segmentSeconds = profile.segmentSeconds ?? segmentSecondsDefault
  const common = {
    kind: 'chunks' as const,
    profile: profile.name,
    audio,
    segmentSeconds,
    normalizeLoudness: profile.audio?.normalizeLoudness ?? false,
  }
  if (!media.video || profile.video.length === 0) {
    return { ...common, grid: null, picture: null, video: [], chunks: [] }
  }
  const grid = planGrid(media, media.video, {
    gopSeconds: profile.gopSeconds ?? gopSecondsDefault,
    segmentSeconds,
    frameRateMax: profile.frameRateMax ?? 60,
  })
  const video = planLadder(
    profile.video,
    media.video,
    toNumber(grid.frameRate),
    profile.lossless ?? false,
  )
  return {
    ...common,
    grid,
    picture: planPicture(media.video, video),
    video,
    chunks: planChunks(grid, {
      runners: Math.max(1, runners),
      chunkSecondsMax: profile.chunkSecondsMax ?? chunkSecondsMaxDefault,
    }),
  }
}

function planPicture(video: VideoStream, renditions: readonly VideoRendition[]): PictureTreatment {
  const scales = new Map(
    renditions.map(({ width, height }) => [`${width}x${height}`, { width, height }]),
  )
  return {
    deinterlace: video.interlaced,
    toneMapFrom: video.hdr,
    sourceWidth: video.width,
    sourceHeight: video.height,
    color: planColor(video),
    flattenAlpha: video.alpha,
    scales: [...scales.values()],
  }
}

/** Sound keeps its usual rate; anything else becomes 48 000 Hz. A stereo AAC always exists (2.3). */
function planAudio(stream: AudioStream, index: number, profile: ChunkProfile): AudioRendition {
  return {
    name: `audio-${index}`,
    sourceStream: stream.index,
    codec: 'aac',
    channels: profile.audio?.channels ?? 2,
    sampleRate: stream.sampleRate === 44_100 ? 44_100 : 48_000,
    bitRateBps: (profile.audio?.bitRateKbps ?? 128) * 1000,
    language: stream.language,
    title: stream.title,
    isDefault: index === 0,
  }
}
