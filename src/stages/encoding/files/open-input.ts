import { stat } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import { identifyDemuxer } from '#media/probe/demuxer.ts'
import { describeMedia } from '#media/probe/describe-media.ts'
import { readHeader } from '#media/probe/header.ts'
import { checkHeader, checkMeasured, checkSize, isLengthBacked } from '#media/probe/limits.ts'
import type { AudioStream, MediaInfo, VideoStream } from '#media/probe/media-info.ts'
import { type PacketScan, scanPackets } from '#media/probe/packet-scan.ts'
import type { PacketStats } from '#media/probe/packet-stats.ts'
import type { CostCounter } from './cost.ts'
import { inputLimits } from './input-limits.ts'

/** An input of a job, looked into: its name and its sender's words are not believed. */
export interface FileInput {
  readonly path: string
  readonly demuxer: string
  readonly media: MediaInfo
  /** What the packets of the pictures say; null without pictures. */
  readonly stats: PacketStats | null
}

export interface Opening {
  readonly signal: AbortSignal
  readonly programs: Programs
  readonly cost: CostCounter
}

/** Reading undecoded packets at less than this is a hang, not work. */
const slowestBytesPerMs = 5000

/**
 * Finds out what a downloaded file is: its demuxer from its bytes, its streams, and its length by
 * reading every packet (some 500 MB/s), because headers lie. Throws one of the `source_…` codes.
 */
export async function openInput(path: string, opening: Opening): Promise<FileInput> {
  const { size: sizeBytes } = await stat(path)
  checkSize(sizeBytes, inputLimits)
  const demuxer = await identifyDemuxer(path)
  const source = { kind: 'file', path } as const
  const header = await readHeader(source, demuxer, opening)
  checkHeader(header, inputLimits)
  const timeoutMs = 60_000 + sizeBytes / slowestBytesPerMs
  const scan = await scanPackets(source, demuxer, { ...opening, timeoutMs })
  opening.cost.add(scan.outcome)
  if (scan.outcome.isCanceled || scan.outcome.timedOut) {
    throw toFfmpegError(scan.outcome, 'Reading the file')
  }
  const media = describeMedia({ demuxer, header, packets: scan.streams, sizeBytes })
  checkLength(media, scan)
  const stats = media.video ? (scan.streams.get(media.video.index) ?? null) : null
  return { path, demuxer, media, stats }
}

function checkLength(media: MediaInfo, { streams }: PacketScan): void {
  if (!media.video && media.audio.length === 0) {
    throw new ReelmillError('source_damaged', 'Nothing in the file can be decoded.')
  }
  const counts = [...streams.values()].map(({ packets, timeless }) => packets + timeless)
  const packets = counts.reduce((sum, count) => sum + count, 0)
  if (!isLengthBacked(media, packets)) {
    throw new ReelmillError('source_damaged', 'The file claims a length that nothing in it fills.')
  }
  checkMeasured(media, inputLimits)
}

/** The pictures of an input; throws `source_no_pictures`. Cover art is none. */
export function requirePictures({ media }: FileInput): VideoStream {
  if (media.video) return media.video
  throw new ReelmillError('source_no_pictures')
}

/** The sound that people expect to hear: what the file marks as default, then the most channels. */
export function findSound({ media }: FileInput): AudioStream | null {
  const rank = (stream: AudioStream) => (stream.isDefault ? 1000 : 0) + stream.channels
  return media.audio.toSorted((a, b) => rank(b) - rank(a))[0] ?? null
}
