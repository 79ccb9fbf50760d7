import type { EncoderSettings, VideoCodec } from '#jobs/payload.ts'
import { chooseLevel } from './level.ts'
import type { Rung } from './profile.ts'
import type { Size } from './size.ts'

interface CodecDefaults {
  readonly encoder: string
  readonly preset: string
  readonly profile: string | null
  readonly refs: number
  readonly bframes: number
}

const defaults: Readonly<Record<VideoCodec, CodecDefaults>> = {
  h264: { encoder: 'libx264', preset: 'fast', profile: 'high', refs: 3, bframes: 3 },
  hevc: { encoder: 'libx265', preset: 'fast', profile: 'main', refs: 3, bframes: 3 },
  vp9: { encoder: 'libvpx-vp9', preset: '4', profile: null, refs: 3, bframes: 0 },
  av1: { encoder: 'libsvtav1', preset: '10', profile: null, refs: 3, bframes: 0 },
}

/** The codec of a rung; H.264 when it does not say. */
export function codecOf(rung: Rung): VideoCodec {
  return rung.codec ?? 'h264'
}

/** ffmpeg's name of the encoder that a rung asks for. */
export function encoderOf(rung: Rung): string {
  return rung.encoder ?? defaults[codecOf(rung)].encoder
}

/** Everything that an encoder is told, pinned so that all chunks get the same parameter sets. */
export function planEncoder(
  rung: Rung,
  size: Size,
  framesPerSecond: number,
  lossless: boolean,
): EncoderSettings {
  const codec = codecOf(rung)
  const chosen = defaults[codec]
  const maxrateBps = Math.round(rung.maxrateKbps * 1000 * rateShare(rung, size, framesPerSecond))
  return {
    name: encoderOf(rung),
    preset: rung.preset ?? chosen.preset,
    crf: rung.crf,
    maxrateBps,
    // Two seconds of the cap: a segment of 6 s then stays within a third of it.
    bufsizeBits: maxrateBps * 2,
    // x264 knows lossless coding in one profile only.
    profile: lossless && codec === 'h264' ? 'high444' : chosen.profile,
    level: lossless
      ? null
      : chooseLevel(codec, { ...size, framesPerSecond, maxrateBps, refs: chosen.refs }),
    pixelFormat: 'yuv420p',
    refs: chosen.refs,
    bframes: chosen.bframes,
    // B-frames that refer to B-frames, as both encoders use them, are held back two frames.
    reorderFrames: Math.min(2, chosen.bframes),
    lossless,
  }
}

/**
 * A rung's cap is meant for its full 16:9 box at 30 frames a second: a smaller picture gets its
 * share, a faster one up to one and a half times as much (Apple's ladder, rule 1.25, gives 4 500
 * for the 3 000 of 720p).
 */
function rateShare(rung: Rung, size: Size, framesPerSecond: number): number {
  const boxPixels = (rung.height * rung.height * 16) / 9
  const area = Math.min(1, (size.width * size.height) / boxPixels)
  return area * (framesPerSecond > 31 ? 1.5 : 1)
}
