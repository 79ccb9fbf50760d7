import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { decodeFirstPictures } from '#media/probe/decode-check.ts'
import { describeMedia } from '#media/probe/describe-media.ts'
import { type RawHeader, readHeader } from '#media/probe/header.ts'
import { checkHeader } from '#media/probe/limits.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { scanPackets } from '#media/probe/packet-scan.ts'
import type { PacketStats } from '#media/probe/packet-stats.ts'
import { pickStreams, readIndex } from '#media/probe/streams.ts'
import type { ProbeRequest } from './probe.ts'

/** One file, source or copy, as it is opened. */
export interface OpenedFile {
  readonly path: string
  readonly demuxer: string
  readonly sizeBytes: number
}

/** What is known of a file after every packet was seen. */
export interface Examination {
  readonly header: RawHeader
  readonly media: MediaInfo
  readonly packets: ReadonlyMap<number, PacketStats>
}

/** Reading undecoded packets at less than this is a hang, not work. */
const slowestBytesPerMs = 5000

/** Time that reading a whole file may take. */
export function readingTimeoutMs(sizeBytes: number): number {
  return 60_000 + sizeBytes / slowestBytesPerMs
}

/**
 * Header, packets and first pictures of a file. Header and packets are read at the same time: on a
 * film of half an hour the second takes half a second.
 */
export async function examineFile(
  { path, demuxer, sizeBytes }: OpenedFile,
  request: ProbeRequest,
): Promise<Examination> {
  const source = { kind: 'file', path } as const
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, ...(request.signal ? [request.signal] : [])])
  const options = { ...request, signal }
  const scanning = scanPackets(source, demuxer, {
    ...options,
    timeoutMs: readingTimeoutMs(sizeBytes),
  })
  try {
    const header = await readHeader(source, demuxer, options)
    checkHeader(header, request.limits)
    const { video } = pickStreams(header)
    const [{ streams: packets, outcome }, pictures] = await Promise.all([
      scanning,
      video ? decodeFirstPictures({ source, demuxer }, readIndex(video), options) : null,
    ])
    if (outcome.isCanceled || outcome.timedOut) throw toFfmpegError(outcome, 'Reading the file')
    const media = describeMedia({ demuxer, header, packets, sizeBytes })
    return { header, packets, media: addPictures(media, pictures?.interlaced ?? false) }
  } catch (error) {
    stop.abort()
    await scanning
    throw error
  }
}

function addPictures(media: MediaInfo, interlaced: boolean): MediaInfo {
  if (!media.video || media.video.interlaced || !interlaced) return media
  return { ...media, video: { ...media.video, interlaced } }
}
