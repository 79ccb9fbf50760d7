import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Arrived } from '#media/prefix/arrived.ts'
import { measureArrivedPackets } from '#media/prefix/arrived-packets.ts'
import { measureArrivedSamples } from '#media/prefix/arrived-samples.ts'
import { readLeadingMoov } from '#media/prefix/leading-moov.ts'
import { identifySource } from '#media/probe/demuxer.ts'
import { checkMeasured, isLengthBacked } from '#media/probe/limits.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { readSampleTables } from '#media/probe/sample-table.ts'
import { proveSeek } from '#media/probe/seek-proof.ts'
import { toNumber } from '#media/rational.ts'
import { type Examination, examineListed, examinePackets, type OpenedFile } from './examine.ts'
import type { ProbeRequest } from './probe.ts'

/** A source whose size is what has arrived of it, from its start; it may be longer, and grow. */
export type PrefixRequest = Omit<ProbeRequest, 'scratch'>

/** What can be said of a source before it is there as a whole. */
export interface ExaminedPrefix {
  /** As probing will find it, but for what only the whole file tells: length, counts and size. */
  readonly media: MediaInfo
  readonly arrived: Arrived
}

/** Where less than this is there, or behind this from its end, nothing is asked for. */
const marginSeconds = 1
/** Containers that can be read from the front; in all others nothing starts early. */
const readable = new Set(['mov', 'matroska'])

/**
 * Looks into the beginning of a file that is still arriving. null where nothing can be promised:
 * another container, the index not there, seeking not proven, pictures that do not tell. Nothing that
 * a prefix says fails a video, since the whole file is looked at when it is there.
 */
export async function examinePrefix(request: PrefixRequest): Promise<ExaminedPrefix | null> {
  try {
    const demuxer = await identifySource(request.source)
    if (!readable.has(demuxer)) return null
    const file = { ...request.source, demuxer }
    // Of no use to what is asked of a prefix: no copy is made.
    const probe = { ...request, scratch: '' }
    const found = await examineMoov(file, probe)
    return found && (await isSound(file, found, probe)) ? strip(found) : null
  } catch (error) {
    if (error instanceof ReelmillError && isOfTheFile(error)) return null
    throw error
  }
}

interface Found {
  readonly examination: Examination
  readonly arrived: Arrived
}

/** By the sample tables of a plain MP4; by the packets that are there of anything else. */
async function examineMoov(file: OpenedFile, request: ProbeRequest): Promise<Found | null> {
  if (file.demuxer !== 'mov') return examineArrivedPackets(file, request)
  const moov = await readLeadingMoov(file)
  if (!moov) return null
  const examination = await examineListed(file, readSampleTables(moov), request)
  if (!examination) return null
  const { video, audio } = examination.media
  const streams = [...(video ? [video] : []), ...audio].map(({ index }) => index)
  const arrived = measureArrivedSamples(moov, { arrivedBytes: file.sizeBytes, streams })
  return { examination, arrived }
}

async function examineArrivedPackets(file: OpenedFile, request: ProbeRequest): Promise<Found> {
  const examination = await examinePackets(file, request)
  const { media, packets } = examination
  const { video } = media
  const endSeconds = video ? video.endPts * toNumber(video.timeBase) - media.originSeconds : 0
  return {
    // As long as its pictures: sound that has arrived further does not make them last.
    examination: { ...examination, media: { ...media, durationSeconds: endSeconds } },
    arrived: measureArrivedPackets(media, packets),
  }
}

/** Whether chunks can be read exactly of what is there. Sound alone is soon there as a whole. */
async function isSound(
  { input: source, demuxer }: OpenedFile,
  { examination, arrived }: Found,
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
function strip({ examination, arrived }: Found): ExaminedPrefix {
  return { media: { ...examination.media, access: 'seek', remarks: [] }, arrived }
}

/** What is wrong with a prefix may be right with the whole: only what is wrong with us is told. */
function isOfTheFile({ blame, code }: ReelmillError): boolean {
  return blame === 'media' || blame === 'caller' || code === 'segment_refused'
}
