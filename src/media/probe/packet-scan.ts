import { createInterface } from 'node:readline'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { type Outcome, refuseBroken } from '../ffmpeg/outcome.ts'
import { type RunOptions, spawnFfprobe } from '../ffmpeg/run.ts'
import { addPacket, type Packet, type PacketStats, startStats } from './packet-stats.ts'

/** Statistics by the stream's index, and how the reading ended. */
export interface PacketScan {
  readonly streams: ReadonlyMap<number, PacketStats>
  readonly outcome: Outcome
}

/**
 * Reads every packet of a source without decoding (some 500 MB/s), so that counts and times are
 * facts and not what the header claims. Constant memory. A file that breaks off gives what it has.
 */
export async function scanPackets(
  source: InputSource,
  demuxer: string,
  options: Pick<RunOptions, 'signal' | 'programs' | 'timeoutMs'>,
): Promise<PacketScan> {
  const entries = 'packet=stream_index,pts,dts,duration,flags'
  const input = inputArguments(source, demuxer)
  // In mov the sample table says it all; elsewhere decode times are worked out from the codec.
  const opening = demuxer === 'mov' ? ['-nofind_stream_info'] : []
  const run = spawnFfprobe([...opening, '-of', 'csv=p=0', '-show_entries', entries, ...input], {
    ...options,
    network: source.kind === 'http',
  })
  const streams = new Map<number, PacketStats>()
  const output = run.pipes[0]
  if (output) for await (const line of createInterface({ input: output })) addLine(streams, line)
  const outcome = await run.done
  refuseBroken(outcome)
  return { streams, outcome }
}

function addLine(streams: Map<number, PacketStats>, line: string): void {
  const parsed = parsePacketLine(line)
  if (!parsed) return
  const stats = streams.get(parsed.stream) ?? startStats()
  streams.set(parsed.stream, stats)
  addPacket(stats, parsed.packet)
}

/**
 * "0,1001,0,1001,K_": stream, pts, dts, duration, flags. Side data of a packet follows on lines and
 * in columns of its own: null and ignored.
 */
export function parsePacketLine(line: string): { stream: number; packet: Packet } | null {
  const [stream, pts, dts, duration, flags] = line.split(',')
  if (flags === undefined || !/^[K_][D_]/.test(flags) || !/^\d+$/.test(stream ?? '')) return null
  return {
    stream: Number(stream),
    packet: {
      pts: toInteger(pts),
      dts: toInteger(dts),
      duration: toInteger(duration),
      isKey: flags[0] === 'K',
      isDiscarded: flags[1] === 'D',
    },
  }
}

function toInteger(text: string | undefined): number | null {
  const value = Number(text)
  return text === '' || !Number.isSafeInteger(value) ? null : value
}
