import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { decodeFirstPictures } from '#media/probe/decode-check.ts'
import { describeMedia } from '#media/probe/describe-media.ts'
import { type RawHeader, readHeader } from '#media/probe/header.ts'
import { checkHeader } from '#media/probe/limits.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { OpenedSource } from '#media/probe/opened-source.ts'
import { scanPackets } from '#media/probe/packet-scan.ts'
import type { PacketStats } from '#media/probe/packet-stats.ts'
import { pickStreams, readIndex } from '#media/probe/streams.ts'
import { matchTables, readTables, type TableRows } from '#media/probe/table-scan.ts'
import type { ProbeRequest } from './probe.ts'

/** A source, or a copy of one, and how it is opened. */
export interface OpenedFile extends OpenedSource {
  readonly demuxer: string
}

/** What is known of a file once its packets are known. */
export interface Examination {
  readonly header: RawHeader
  readonly media: MediaInfo
  readonly packets: ReadonlyMap<number, PacketStats>
  /** Where packets were not read but listed: the key pictures' times, by stream. */
  readonly keys: ReadonlyMap<number, ReadonlySet<number>> | null
}

/** Reading undecoded packets at less than this is a hang, not work. */
const slowestBytesPerMs = 5000

/** Time that reading a whole file may take. */
export function readingTimeoutMs(sizeBytes: number): number {
  return 60_000 + sizeBytes / slowestBytesPerMs
}

/**
 * A plain MP4 by its tables, in the time that its header takes; null where the tables do not tell
 * or do not agree with ffmpeg. What it finds must be proven by seeking before it is believed, and
 * `examinePictures` has not looked at it yet.
 */
export async function examineTables(
  file: OpenedFile,
  request: ProbeRequest,
): Promise<Examination | null> {
  if (file.demuxer !== 'mov') return null
  const tables = await readTables(file)
  return tables === null ? null : examineListed(file, tables, request)
}

/** The same by tables that were read already. */
export async function examineListed(
  file: OpenedFile,
  tables: TableRows,
  request: ProbeRequest,
): Promise<Examination | null> {
  const header = await readChecked(file, request)
  const scan = matchTables(tables, header)
  if (scan === null) return null
  const media = describe(file, header, scan, { interlaced: false })
  return { header, packets: scan.streams, keys: scan.keys, media }
}

/** The same with what only decoded pictures tell. */
export async function examinePictures(
  file: OpenedFile,
  examination: Examination,
  request: ProbeRequest,
): Promise<Examination> {
  const { header, packets: streams } = examination
  const pictures = await decodeBeginning(file, header, request)
  return { ...examination, media: describe(file, header, { streams }, pictures) }
}

/** Any file by its packets, all of them read: a second per gigabyte or two. */
export async function examinePackets(
  file: OpenedFile,
  request: ProbeRequest,
): Promise<Examination> {
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, ...(request.signal ? [request.signal] : [])])
  const { input, demuxer, sizeBytes } = file
  const timeoutMs = readingTimeoutMs(sizeBytes)
  const scanning = scanPackets(input, demuxer, { ...request, signal, timeoutMs })
  // It may fail while the header is still read.
  scanning.catch(() => undefined)
  try {
    const header = await readChecked(file, { ...request, signal })
    const [scan, pictures] = await Promise.all([
      scanning,
      decodeBeginning(file, header, { ...request, signal }),
    ])
    const { isCanceled, timedOut } = scan.outcome
    if (isCanceled || timedOut) throw toFfmpegError(scan.outcome, 'Reading the file')
    return {
      header,
      packets: scan.streams,
      keys: null,
      media: describe(file, header, scan, pictures),
    }
  } catch (error) {
    stop.abort()
    throw error
  } finally {
    // Nobody reads the file any more when this returns, and the first error is the one that is told.
    await Promise.allSettled([scanning])
  }
}

/** The header, held against the limits. */
export async function readChecked(
  { input, demuxer }: OpenedFile,
  request: ProbeRequest,
): Promise<RawHeader> {
  const header = await readHeader(input, demuxer, request)
  checkHeader(header, request.limits)
  return header
}

async function decodeBeginning(
  { input, demuxer }: OpenedFile,
  header: RawHeader,
  request: ProbeRequest,
): Promise<{ readonly interlaced: boolean }> {
  const { video } = pickStreams(header)
  if (!video) return { interlaced: false }
  return decodeFirstPictures({ source: input, demuxer }, readIndex(video), request)
}

function describe(
  { demuxer, sizeBytes }: OpenedFile,
  header: RawHeader,
  { streams: packets }: { readonly streams: ReadonlyMap<number, PacketStats> },
  { interlaced }: { readonly interlaced: boolean },
): MediaInfo {
  const media = describeMedia({ demuxer, header, packets, sizeBytes })
  if (!media.video || media.video.interlaced || !interlaced) return media
  return { ...media, video: { ...media.video, interlaced } }
}
