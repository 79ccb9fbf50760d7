import { ReelmillError } from '#errors/reelmill-error.ts'
import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { type RawHeader, readField } from '#media/probe/header.ts'
import { checkMeasured, isLengthBacked } from '#media/probe/limits.ts'
import { openFile } from '#media/probe/opened-source.ts'
import { firstSeekablePts } from '#media/probe/packet-stats.ts'
import { remuxForReading } from '#media/probe/remux.ts'
import { isIndexed, proveSeek } from '#media/probe/seek-proof.ts'
import { pickStreams } from '#media/probe/streams.ts'
import { toNumber } from '#media/rational.ts'
import {
  type Examination,
  examinePackets,
  examinePictures,
  examineTables,
  type OpenedFile,
  readChecked,
  readingTimeoutMs,
} from './examine.ts'
import type { ProbeRequest, ProbeResult } from './probe.ts'

/**
 * Finds the way in which the source can be read exactly: itself by seeking, else a copy in a
 * container with an index by seeking, else sequentially, one of the two. Sound alone is always read from the start to the end.
 */
export async function makeReadable(request: ProbeRequest, demuxer: string): Promise<ProbeResult> {
  const file: OpenedFile = { ...request.source, demuxer }
  if (!isIndexed(demuxer)) return copyOrRead(file, await readChecked(file, request), request)
  const listed = await examineTables(file, request)
  if (listed) {
    const [seen, isSeekable] = await both(
      examinePictures(file, listed, request),
      isProven(file, listed, request),
    )
    const access = seen.media.video ? 'seek' : 'sequential'
    if (access === 'sequential' || isSeekable)
      return accept(seen, request, { access, readablePath: null })
  }
  const original = await examinePackets(file, request)
  if (await isProven(file, original, request)) {
    return accept(tellSeekable(original), request, { access: 'seek', readablePath: null })
  }
  if (hidesPictures(original)) {
    return accept(original, request, { access: 'sequential', readablePath: null })
  }
  return copyOrRead(file, original.header, request, original)
}

/** Two looks into a file at the same time; when this settles, nobody looks any more. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return [await one, await other]
}

/** With the place before which no seek leads anywhere, in a film that was trimmed. */
function tellSeekable(examination: Examination): Examination {
  const { video } = examination.media
  const stats = video ? examination.packets.get(video.index) : undefined
  if (!video || !stats?.hasHiddenKey) return examination
  const seekableFromSeconds = (firstSeekablePts(stats) ?? 0) * toNumber(video.timeBase)
  const media = { ...examination.media, video: { ...video, seekableFromSeconds } }
  return { ...examination, media }
}

/** A film that was trimmed by its edit list: a copy would show again what was cut away. */
function hidesPictures({ media, packets }: Examination): boolean {
  const stats = media.video ? packets.get(media.video.index) : undefined
  return stats !== undefined && stats.hidden > 0
}

async function copyOrRead(
  file: OpenedFile,
  header: RawHeader,
  request: ProbeRequest,
  original?: Examination,
): Promise<ProbeResult> {
  const copy = await tryCopy(file, header, request)
  if (!copy) {
    const examination = original ?? (await examinePackets(file, request))
    return accept(examination, request, { access: 'sequential', readablePath: null })
  }
  const access = (await isProven(copy.file, copy.examination, request)) ? 'seek' : 'sequential'
  const media = {
    ...copy.examination.media,
    container: readField(header.format, 'format_name') ?? file.demuxer,
    sizeBytes: file.sizeBytes,
    remarks: [...remarkOnOriginal(original), ...copy.examination.media.remarks],
  }
  const examination = { ...copy.examination, media }
  return accept(examination, request, { access, readablePath: copy.path })
}

/** Times that run back by more than this begin again; by less, a clock stumbled. */
const stumbleSeconds = 1

/** What the copy no longer shows, for its times were mended. */
function remarkOnOriginal(original: Examination | undefined): string[] {
  const video = original?.media.video
  const stats = video && original.packets.get(video.index)
  if (!stats || stats.isMonotonic) return []
  const beginsAgain = stats.maxGap * toNumber(video.timeBase) > stumbleSeconds
  return beginsAgain
    ? ['The times of the pictures begin again in the middle; what lies behind that may be missing.']
    : []
}

async function isProven(
  { input, demuxer }: OpenedFile,
  { media, packets, keys }: Examination,
  request: ProbeRequest,
): Promise<boolean> {
  const stats = media.video ? packets.get(media.video.index) : undefined
  if (!media.video || !stats || !isBacked({ media, packets })) return false
  const expectation = { stats, keys: keys?.get(media.video.index) ?? null }
  return (await proveSeek({ source: input, demuxer }, media.video, expectation, request)) === null
}

/** A copy that reads better than the source, examined; null where none can be made. */
export async function tryCopy(file: OpenedFile, header: RawHeader, request: ProbeRequest) {
  if (!pickStreams(header).video) return null
  const { path, demuxer, outcome } = await remuxForReading(
    { source: file.input, demuxer: file.demuxer },
    header,
    request.scratch,
    { ...request, timeoutMs: readingTimeoutMs(file.sizeBytes) },
  )
  if (outcome.isCanceled) throw toFfmpegError(outcome, 'Copying the file')
  if (!outcome.ok) return null
  const copy = { ...(await openFile(path)), demuxer }
  if (copy.sizeBytes === 0) return null
  return { path, file: copy, examination: await examinePackets(copy, request) }
}

function isBacked({ media, packets }: Pick<Examination, 'media' | 'packets'>): boolean {
  const counts = [...packets.values()].map((stats) => stats.packets + stats.timeless)
  return isLengthBacked(
    media,
    counts.reduce((sum, count) => sum + count, 0),
  )
}

function accept(
  examination: Examination,
  request: ProbeRequest,
  { access, readablePath }: Pick<ProbeResult, 'readablePath'> & { access: 'seek' | 'sequential' },
): ProbeResult {
  const { media } = examination
  if (!media.video && media.audio.length === 0) {
    throw new ReelmillError('source_damaged', 'Nothing in the file can be decoded.')
  }
  if (!isBacked(examination)) {
    throw new ReelmillError(
      'source_damaged',
      `The file claims ${Math.round(media.durationSeconds)} seconds but holds next to nothing.`,
    )
  }
  checkMeasured(media, request.limits)
  return { media: { ...media, access }, readablePath }
}
