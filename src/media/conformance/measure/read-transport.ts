import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { spawnFfprobe } from '../../ffmpeg/run.ts'
import type { StreamFacts, StreamKind, StreamSpan } from './facts.ts'
import { SpanBuilder } from './span-builder.ts'

export interface TransportReading {
  readonly streams: readonly StreamFacts[]
  readonly spans: readonly StreamSpan[]
  /** What ffprobe said when it could not read all. */
  readonly complaint: string | null
}

/** Ticks of MPEG-2 transport streams. */
const TIMESCALE = 90_000
const PROBE_TIMEOUT_MS = 60_000

/**
 * A transport stream or packed audio segment through ffprobe: nobody writes these here, so a reader
 * of our own would only serve to judge others. Times are those of its packets.
 */
export async function readTransport(
  bytes: Buffer,
  demuxer: 'mpegts' | 'aac',
): Promise<TransportReading> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-check-'))
  try {
    const path = join(folder, 'segment')
    await writeFile(path, bytes)
    return await probe(path, demuxer)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface ProbedStream {
  readonly index: number
  readonly codec_type?: string
  readonly codec_name?: string
  readonly width?: number
  readonly height?: number
  readonly channels?: number
  readonly sample_rate?: string
}

interface ProbedPacket {
  readonly stream_index: number
  readonly pts_time?: string
  readonly dts_time?: string
  readonly duration_time?: string
  readonly size?: string
  readonly flags?: string
}

async function probe(path: string, demuxer: string): Promise<TransportReading> {
  const shown = 'stream=index,codec_type,codec_name,width,height,channels,sample_rate'
  const packets = 'packet=stream_index,pts_time,dts_time,duration_time,size,flags'
  const entries = ['-show_entries', `${shown}:${packets}`, '-of', 'json']
  const input = ['-f', demuxer, '-protocol_whitelist', 'file', '-i', `file:${path}`]
  const run = spawnFfprobe([...entries, ...input], { timeoutMs: PROBE_TIMEOUT_MS })
  const [pipe] = run.pipes
  const [output, outcome] = await Promise.all([pipe ? text(pipe) : '', run.done])
  if (!outcome.ok)
    return { streams: [], spans: [], complaint: outcome.stderrTail.at(-1) ?? 'fails' }
  const probed = JSON.parse(output) as { streams?: ProbedStream[]; packets?: ProbedPacket[] }
  const streams = (probed.streams ?? []).map(toFacts)
  const spans = streams.flatMap((stream) => toSpan(stream, probed.packets ?? []) ?? [])
  return { streams, spans, complaint: null }
}

function toFacts(stream: ProbedStream): StreamFacts {
  const kind: StreamKind =
    stream.codec_type === 'video' || stream.codec_type === 'audio' ? stream.codec_type : 'other'
  return {
    id: stream.index,
    kind,
    timescale: TIMESCALE,
    entry: stream.codec_name ?? 'unknown',
    codecs: null,
    width: stream.width ?? null,
    height: stream.height ?? null,
    color: null,
    channels: stream.channels ?? null,
    sampleRate: stream.sample_rate === undefined ? null : Number(stream.sample_rate),
    nalLengthBytes: null,
    editStartTicks: 0,
    defaults: { durationTicks: 0, bytes: 0, sampleFlags: 0 },
  }
}

function toTicks(text: string | undefined): number | null {
  return text === undefined ? null : Math.round(Number(text) * TIMESCALE)
}

function toSpan(stream: StreamFacts, packets: readonly ProbedPacket[]): StreamSpan | null {
  const builder = new SpanBuilder(stream)
  const own = packets.filter((packet) => packet.stream_index === stream.id)
  for (const [index, packet] of own.entries()) {
    const ticks = toTicks(packet.dts_time) ?? toTicks(packet.pts_time) ?? 0
    const next = toTicks(own[index + 1]?.dts_time)
    const isSync = packet.flags?.includes('K') ?? false
    if (index === 0) {
      builder.enter(ticks)
      builder.startsWithIdr = isSync
    }
    builder.add({
      durationTicks: next === null ? (toTicks(packet.duration_time) ?? 0) : next - ticks,
      bytes: Number(packet.size ?? 0),
      isSync,
      compositionTicks: (toTicks(packet.pts_time) ?? ticks) - ticks,
    })
  }
  return builder.build()
}
