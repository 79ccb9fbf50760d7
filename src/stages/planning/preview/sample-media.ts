import type { AudioStream, MediaInfo, VideoStream } from '#media/probe/media-info.ts'
import type { Rational } from '#media/rational.ts'

/** A source that nobody has yet, in the words of people. */
export interface SourceFacts {
  /** Pixels as shown; 0 for sound alone. */
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  readonly durationSeconds: number
  /** Bits per second of all of it. */
  readonly bitRate: number | null
  readonly audioTracks: number
  readonly hdr: boolean
}

/** Ticks of a clock on which every usual rate has whole frames. */
const timescale = 90_000

/** The facts as probing would tell them of a plain MP4. */
export function sampleMedia(facts: SourceFacts): MediaInfo {
  const { durationSeconds, bitRate, width, height } = facts
  return {
    demuxer: 'mov',
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    sizeBytes: Math.round(((bitRate ?? 0) / 8) * durationSeconds),
    claimedDurationSeconds: durationSeconds,
    durationSeconds,
    originSeconds: 0,
    bitRate,
    video: width > 0 && height > 0 ? sampleVideo(facts) : null,
    audio: Array.from({ length: facts.audioTracks }, (_, index) => sampleAudio(index, facts)),
    subtitles: [],
    tags: {},
    access: 'seek',
    remarks: [],
  }
}

function sampleVideo(facts: SourceFacts): VideoStream {
  const { width, height, framesPerSecond, durationSeconds, hdr } = facts
  return {
    ...{ index: 0, codec: 'h264', profile: 'High', width, height },
    ...{ codedWidth: width, codedHeight: height, rotation: 0, pixelAspect: [1, 1] },
    ...{ pixelFormat: 'yuv420p', bitDepth: hdr ? 10 : 8, interlaced: false, alpha: false },
    hdr: hdr ? 'pq' : null,
    color: { space: null, transfer: null, primaries: null, range: null },
    frameRate: toRate(framesPerSecond),
    variableFrameRate: false,
    timeBase: [1, timescale],
    packets: Math.round(durationSeconds * framesPerSecond),
    startPts: 0,
    endPts: Math.round(durationSeconds * timescale),
    keyframes: Math.max(1, Math.round(durationSeconds / 2)),
  }
}

/** 29.97 means 30000/1001, as 23.976 and 59.94 do the like. */
function toRate(framesPerSecond: number): Rational {
  const whole = Math.round(framesPerSecond)
  if (Math.abs(framesPerSecond - whole) < 0.001) return [whole, 1]
  const isNtsc = Math.abs(framesPerSecond - (whole * 1000) / 1001) < 0.005
  return isNtsc ? [whole * 1000, 1001] : [Math.round(framesPerSecond * 1000), 1000]
}

function sampleAudio(index: number, { durationSeconds }: SourceFacts): AudioStream {
  return {
    index: index + 1,
    ...{ codec: 'aac', profile: 'LC', channels: 2, channelLayout: 'stereo', sampleRate: 48_000 },
    ...{ bitRate: 128_000, language: 'und', title: null, isDefault: index === 0 },
    startSeconds: 0,
    durationSeconds,
  }
}
