import { constants } from 'node:fs'
import { copyFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Arrived } from '#media/prefix/arrived.ts'
import { measureArrivedPackets } from '#media/prefix/arrived-packets.ts'
import { measureArrivedSamples } from '#media/prefix/arrived-samples.ts'
import { readLeadingMoov } from '#media/prefix/leading-moov.ts'
import { identifySource } from '#media/probe/demuxer.ts'
import { checkMeasured, isLengthBacked } from '#media/probe/limits.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { openFile } from '#media/probe/opened-source.ts'
import { readSampleTables } from '#media/probe/sample-table.ts'
import { isIndexed, proveSeek } from '#media/probe/seek-proof.ts'
import { toNumber } from '#media/rational.ts'
import {
  type Examination,
  examineListed,
  examinePackets,
  examinePictures,
  type OpenedFile,
  readChecked,
} from './examine.ts'
import { tryCopy } from './make-readable.ts'
import type { ProbeRequest } from './probe.ts'

/** What can be said of a source before it is there as a whole. */
export interface ExaminedPrefix {
  /** As probing will find it, but for what only the whole file tells: length, counts and size. */
  readonly media: MediaInfo
  readonly arrived: Arrived
  /** In `scratch`: what has arrived, as it is to be read; null: the source itself. */
  readonly copyPath: string | null
}

/** Where less than this is there, or behind this from its end, nothing is asked for. */
const marginSeconds = 1
/** Containers that can be read from the front; in all others nothing starts early. */
const readable = new Set(['mov', 'matroska', 'mpegts'])

/**
 * Looks into the beginning of a file that is still arriving. null where nothing can be promised:
 * another container, the index not there, seeking not proven, pictures that do not tell. Nothing that
 * a prefix says fails a video, since the whole file is looked at when it is there.
 *
 * @param request - with a source whose size is what has arrived of it; it may be longer, and grow.
 */
export async function examinePrefix(request: ProbeRequest): Promise<ExaminedPrefix | null> {
  try {
    const demuxer = await identifySource(request.source)
    if (!readable.has(demuxer)) return null
    const found = await examineKind({ ...request.source, demuxer }, request)
    return found && (await isSound(found, request)) ? strip(found) : null
  } catch (error) {
    if (error instanceof ReelmillError && isOfTheFile(error)) return null
    throw error
  }
}

interface Found {
  /** What is read: the source, or the copy. */
  readonly file: OpenedFile
  readonly copyPath: string | null
  readonly examination: Examination
  readonly arrived: Arrived
}

async function examineKind(file: OpenedFile, request: ProbeRequest): Promise<Found | null> {
  if (file.demuxer === 'mov') return examineMoov(file, request)
  if (isIndexed(file.demuxer)) return examineArrived(file, await examinePackets(file, request))
  const whole = await takeSnapshot(file, request.scratch)
  const copy = await tryCopy(whole, await readChecked(whole, request), request)
  return copy && { ...examineArrived(copy.file, copy.examination), copyPath: copy.path }
}

/** What has arrived as a file that does not grow, for programs that read to the end. */
async function takeSnapshot(file: OpenedFile, scratch: string): Promise<OpenedFile> {
  if (file.input.kind !== 'file') throw new TypeError('only files grow')
  const path = join(scratch, 'arrived')
  await copyFile(file.input.path, path, constants.COPYFILE_FICLONE)
  await truncate(path, file.sizeBytes)
  return { ...(await openFile(path)), demuxer: file.demuxer }
}

/** By the sample tables of a plain MP4. */
async function examineMoov(file: OpenedFile, request: ProbeRequest): Promise<Found | null> {
  const moov = await readLeadingMoov(file)
  if (!moov) return null
  const listed = await examineListed(file, readSampleTables(moov), request)
  if (!listed) return null
  const examination = await examinePictures(file, listed, request)
  const { video, audio } = examination.media
  const streams = [...(video ? [video] : []), ...audio].map(({ index }) => index)
  const arrived = measureArrivedSamples(moov, { arrivedBytes: file.sizeBytes, streams })
  return { file, copyPath: null, examination, arrived }
}

/** By the packets that are there. */
function examineArrived(file: OpenedFile, examination: Examination): Found {
  const { media, packets } = examination
  const { video } = media
  const endSeconds = video ? video.endPts * toNumber(video.timeBase) - media.originSeconds : 0
  return {
    file,
    copyPath: null,
    // As long as its pictures: sound that has arrived further does not make them last.
    examination: { ...examination, media: { ...media, durationSeconds: endSeconds } },
    arrived: measureArrivedPackets(media, packets),
  }
}

/** Whether chunks can be read exactly of what is there. Sound alone is soon there as a whole. */
async function isSound(
  { file: { input: source, demuxer }, examination, arrived }: Found,
  request: ProbeRequest,
): Promise<boolean> {
  const { media, packets, keys } = examination
  const stats = media.video ? packets.get(media.video.index) : undefined
  if (!media.video || !stats || arrived.pictureSeconds <= media.originSeconds + marginSeconds)
    return false
  const counts = [...packets.values()].reduce((sum, each) => sum + each.packets, 0)
  if (!isLengthBacked(media, counts)) return false
  checkMeasured(media, request.limits)
  // The last key picture may be cut off itself.
  const untilSeconds = arrived.pictureSeconds - marginSeconds
  const expectation = { stats, keys: keys?.get(media.video.index) ?? null, untilSeconds }
  return (await proveSeek({ source, demuxer }, media.video, expectation, request)) === null
}

/** Remarks are about lengths, and those are not known yet. */
function strip({ examination, arrived, copyPath }: Found): ExaminedPrefix {
  return { media: { ...examination.media, access: 'seek', remarks: [] }, arrived, copyPath }
}

/** What is wrong with a prefix may be right with the whole: only what is wrong with us is told. */
function isOfTheFile({ blame, code }: ReelmillError): boolean {
  return blame === 'media' || blame === 'caller' || code === 'segment_refused'
}
