import { parseRational, type Rational, toNumber } from '../rational.ts'
import { chooseFrameRate } from './frame-rate.ts'
import { readGeometry } from './geometry.ts'
import { type RawStream, readField } from './header.ts'
import type { VideoStream } from './media-info.ts'
import { firstShownPts, type PacketStats } from './packet-stats.ts'
import { hasAlpha, isInterlaced, readBitDepth, readHdr } from './pixels.ts'
import { readIndex } from './streams.ts'

/** A last picture that claims to stay longer than this stays for one frame instead. */
const lastPictureSeconds = 10

/** The video stream as header and packets describe it, each where it is to be believed. */
export function describeVideo(stream: RawStream, found: PacketStats): VideoStream {
  const timeBase = readTimeBase(stream)
  const stats = found.packets > 0 ? found : imagineTimes(found, stream)
  const { frameRate, variable } = chooseFrameRate({
    timeBase,
    deltas: stats.deltas,
    average: parseRational(readField(stream, 'avg_frame_rate') ?? undefined),
    guessed: parseRational(readField(stream, 'r_frame_rate') ?? undefined),
  })
  return {
    index: readIndex(stream),
    codec: readField(stream, 'codec_name') ?? 'unknown',
    profile: readField(stream, 'profile'),
    ...readGeometry(stream),
    pixelFormat: readField(stream, 'pix_fmt'),
    bitDepth: readBitDepth(stream),
    interlaced: isInterlaced(stream),
    hdr: readHdr(stream),
    alpha: hasAlpha(stream),
    color: {
      space: readField(stream, 'color_space'),
      transfer: readField(stream, 'color_transfer'),
      primaries: readField(stream, 'color_primaries'),
      range: readField(stream, 'color_range'),
    },
    frameRate,
    variableFrameRate: variable,
    timeBase,
    packets: stats.packets,
    startPts: firstShownPts(stats) ?? 0,
    endPts: readEndPts(stats, timeBase, frameRate),
    keyframes: stats.keyframes,
  }
}

/**
 * Bare streams of pictures carry no times at all: the decoder will show them one after the other, at
 * the rate that ffmpeg guessed.
 */
function imagineTimes(found: PacketStats, stream: RawStream): PacketStats {
  const { frameRate } = chooseFrameRate({
    timeBase: readTimeBase(stream),
    deltas: new Map(),
    average: parseRational(readField(stream, 'avg_frame_rate') ?? undefined),
    guessed: parseRational(readField(stream, 'r_frame_rate') ?? undefined),
  })
  const ticks = 1 / (toNumber(frameRate) * toNumber(readTimeBase(stream)))
  const packets = found.timeless
  return { ...found, packets, firstKeyPts: 0, minPts: 0, maxPts: Math.round((packets - 1) * ticks) }
}

/** The stream's time base; milliseconds when the header has none. */
export function readTimeBase(stream: RawStream): Rational {
  return parseRational(readField(stream, 'time_base') ?? undefined) ?? [1, 1000]
}

function readEndPts(stats: PacketStats, timeBase: Rational, frameRate: Rational): number {
  const last = stats.lastDuration ?? 0
  const frameTicks = Math.max(1, Math.round(1 / (toNumber(frameRate) * toNumber(timeBase))))
  // Some muxers give every picture a single tick.
  const believed = last * 2 >= frameTicks && last * toNumber(timeBase) <= lastPictureSeconds
  return (stats.maxPts ?? 0) + (believed ? last : frameTicks)
}
