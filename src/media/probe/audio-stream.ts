import { toNumber } from '../rational.ts'
import { cleanText } from './clean-text.ts'
import { type RawStream, readField, readNumberField, readTag } from './header.ts'
import { toLanguage } from './language.ts'
import type { AudioStream, SubtitleStream } from './media-info.ts'
import { findUsualDelta, type PacketStats } from './packet-stats.ts'
import { readIndex } from './streams.ts'
import { readTimeBase } from './video-stream.ts'

/** Longest start-up of a decoder before zero that containers show as negative times. */
const primingSeconds = 0.15

/** An audio stream; start and length are measured where packets were seen. */
export function describeAudio(stream: RawStream, stats: PacketStats | undefined): AudioStream {
  const { startSeconds, durationSeconds } = measureSound(stream, stats)
  return {
    index: readIndex(stream),
    codec: readField(stream, 'codec_name') ?? 'unknown',
    profile: readField(stream, 'profile'),
    channels: readNumberField(stream, 'channels') ?? 0,
    channelLayout: readField(stream, 'channel_layout'),
    sampleRate: readNumberField(stream, 'sample_rate') ?? 0,
    bitRate: readNumberField(stream, 'bit_rate'),
    language: toLanguage(readTag(stream.tags, 'language')),
    title: cleanText(readTag(stream.tags, 'title')),
    isDefault: stream.disposition.default === 1,
    startSeconds,
    durationSeconds,
  }
}

function measureSound(stream: RawStream, stats: PacketStats | undefined) {
  const tickSeconds = toNumber(readTimeBase(stream))
  if (!stats || stats.minPts === null || stats.maxPts === null) {
    const claimed = readNumberField(stream, 'start_time') ?? 0
    return { startSeconds: claimed, durationSeconds: null }
  }
  const first = stats.minPts * tickSeconds
  // What lies a little before zero is priming, which decoders swallow: the sound starts at zero.
  const startSeconds = first < 0 && first > -primingSeconds ? 0 : first
  const endSeconds = (stats.maxPts + (stats.lastDuration ?? findUsualDelta(stats))) * tickSeconds
  return { startSeconds, durationSeconds: Math.max(0, endSeconds - startSeconds) }
}

/** Formats that are made of text; the others are pictures. */
const textCodecs = new Set(['subrip', 'srt', 'webvtt', 'ass', 'ssa', 'mov_text', 'text', 'ttml'])

export function describeSubtitle(stream: RawStream): SubtitleStream {
  const codec = readField(stream, 'codec_name') ?? 'unknown'
  return {
    index: readIndex(stream),
    codec,
    language: toLanguage(readTag(stream.tags, 'language')),
    title: cleanText(readTag(stream.tags, 'title')),
    text: textCodecs.has(codec),
  }
}
