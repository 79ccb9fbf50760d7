import { ReelmillError } from '#errors/reelmill-error.ts'
import { toNumber } from '../rational.ts'
import type { RawHeader } from './header.ts'
import type { MediaInfo } from './media-info.ts'
import { countPixels, pickStreams } from './streams.ts'

/** What a source may be at most (SOURCE_MAX_…). */
export interface SourceLimits {
  readonly sourceMaxBytes: number
  readonly sourceMaxPixels: number
  readonly sourceMaxSeconds: number
  readonly sourceMaxFrames: number
  readonly sourceMaxStreams: number
  readonly sourceMaxFps: number
}

/** Refuses a file by its size alone: `source_too_many_bytes`, `source_empty`. */
export function checkSize(sizeBytes: number, limits: SourceLimits): void {
  if (sizeBytes === 0) throw new ReelmillError('source_empty')
  if (sizeBytes > limits.sourceMaxBytes) {
    refuse(
      'source_too_many_bytes',
      `The file has ${sizeBytes} bytes; ${limits.sourceMaxBytes} may be.`,
    )
  }
}

/** Refuses by what the header says, before anything is read or decoded for long. */
export function checkHeader(header: RawHeader, limits: SourceLimits): void {
  const count = header.streams.length
  if (count > limits.sourceMaxStreams) {
    refuse(
      'source_too_many_streams',
      `The file holds ${count} streams; ${limits.sourceMaxStreams} may be.`,
    )
  }
  const { video, audio } = pickStreams(header)
  if (!video && audio.length === 0) throw new ReelmillError('source_no_streams')
  const pixels = video ? countPixels(video) : 0
  if (pixels > limits.sourceMaxPixels) {
    refuse(
      'source_too_large',
      `The picture has ${pixels} pixels; ${limits.sourceMaxPixels} may be.`,
    )
  }
}

/** A file this sparse makes work out of nothing: a second of film needs a packet of something. */
const secondsPerPacket = 10
const secondsGranted = 60

/**
 * Whether the length claimed by the times is backed by what is in the file: a few kB whose times
 * span hours would become millions of repeated pictures.
 */
export function isLengthBacked(media: MediaInfo, packets: number): boolean {
  return media.durationSeconds <= secondsGranted + secondsPerPacket * packets
}

/** Refuses by what was measured. `source_too_long`, `source_too_many_frames`. */
export function checkMeasured(media: MediaInfo, limits: SourceLimits): void {
  const seconds = Math.round(media.durationSeconds)
  if (media.durationSeconds > limits.sourceMaxSeconds) {
    refuse(
      'source_too_long',
      `The video lasts ${seconds} seconds; ${limits.sourceMaxSeconds} may be.`,
    )
  }
  if (!media.video) return
  const fps = toNumber(media.video.frameRate)
  if (fps > limits.sourceMaxFps) {
    refuse(
      'source_too_many_frames',
      `The video has ${fps} pictures a second; ${limits.sourceMaxFps} may be.`,
    )
  }
  const frames = Math.max(media.video.packets, Math.round(media.durationSeconds * fps))
  if (frames > limits.sourceMaxFrames) {
    refuse(
      'source_too_many_frames',
      `The video has ${frames} pictures; ${limits.sourceMaxFrames} may be.`,
    )
  }
}

function refuse(
  code:
    | 'source_too_many_bytes'
    | 'source_too_many_streams'
    | 'source_too_large'
    | 'source_too_long'
    | 'source_too_many_frames',
  sentence: string,
): never {
  throw new ReelmillError(code, sentence)
}
