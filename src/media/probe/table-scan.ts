import { ReelmillError } from '#errors/reelmill-error.ts'
import type { RawHeader, RawStream } from './header.ts'
import { readNumberField } from './header.ts'
import type { OpenedSource } from './opened-source.ts'
import type { PacketStats } from './packet-stats.ts'
import { readMoov } from './read-moov.ts'
import { readSampleTables, type SampleTable } from './sample-table.ts'
import { pickStreams, readIndex } from './streams.ts'
import { readTimeBase } from './video-stream.ts'

/** What reading every packet would give, read from the tables of an MP4 instead. */
export interface TableScan {
  readonly streams: ReadonlyMap<number, PacketStats>
  /** By stream, the presentation times at which a seek may land. */
  readonly keys: ReadonlyMap<number, ReadonlySet<number>>
}

/**
 * The tables of a plain MP4 or QuickTime file: milliseconds, whatever the length of the film, where
 * reading its packets takes a second per gigabyte or two. null when the file is of another kind or
 * its tables are odd: then the packets have to be read.
 */
export async function readTables(source: OpenedSource): Promise<TableRows | null> {
  try {
    const moov = await readMoov(source)
    return moov === null ? null : readSampleTables(moov)
  } catch (error) {
    // Boxes that are not well-formed are ffmpeg's to judge, which forgives much.
    if (error instanceof ReelmillError && error.code === 'segment_refused') return null
    throw error
  }
}

/** By the order of the tracks, which is ffmpeg's index of streams. */
export type TableRows = readonly (SampleTable | null)[]

/**
 * The tables as a scan, when for every used stream they agree with what ffmpeg found: kind, time
 * base, number of samples and first time. null when they do not. Seeking proves the rest.
 */
export function matchTables(tables: TableRows, header: RawHeader): TableScan | null {
  const { video, audio } = pickStreams(header)
  const streams = new Map<number, PacketStats>()
  const keys = new Map<number, ReadonlySet<number>>()
  for (const stream of [...(video ? [video] : []), ...audio]) {
    const table = tables[readIndex(stream)]
    if (!table || !agrees(table, stream)) return null
    streams.set(readIndex(stream), table.stats)
    keys.set(readIndex(stream), table.keys)
  }
  return { streams, keys }
}

function agrees(table: SampleTable, stream: RawStream): boolean {
  const [numerator, denominator] = readTimeBase(stream)
  return (
    table.handler === (stream.codec_type === 'video' ? 'vide' : 'soun') &&
    numerator === 1 &&
    denominator === table.timescale &&
    readNumberField(stream, 'nb_frames') === table.samples &&
    (stream.codec_type !== 'video' || readNumberField(stream, 'start_pts') === table.stats.minPts)
  )
}
