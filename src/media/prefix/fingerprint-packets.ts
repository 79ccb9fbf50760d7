import { createHash, type Hash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { type RunOptions, spawnFfprobe } from '../ffmpeg/run.ts'

interface Beginning {
  readonly source: InputSource
  readonly demuxer: string
  /** Packets that are presented before this count; seconds on the file's own clock. */
  readonly untilSeconds: number
}

/** Packets lie in the order in which they are decoded: so far behind their time at most. */
const lateSeconds = 2

/**
 * Hashes of the coded pictures and sound of a file's beginning, with their times, one for each stream:
 * two files with the same are the same to a decoder up to there, whatever is written around them.
 */
export async function fingerprintPackets(
  { source, demuxer, untilSeconds }: Beginning,
  options: Pick<RunOptions, 'signal' | 'programs' | 'timeoutMs'>,
): Promise<string> {
  const run = spawnFfprobe(
    [
      ...['-read_intervals', `%${(untilSeconds + lateSeconds).toFixed(3)}`],
      ...['-show_data_hash', 'CRC32', '-of', 'csv=p=0'],
      ...['-show_entries', 'packet=stream_index,pts,pts_time,size,data_hash'],
      ...inputArguments(source, demuxer),
    ],
    options,
  )
  const hashes = new Map<string, Hash>()
  const output = run.pipes[0]
  if (output) {
    for await (const line of createInterface({ input: output })) {
      const [stream = '', , seconds] = line.split(',')
      if (!/^\d+$/.test(stream) || !(Number(seconds) < untilSeconds)) continue
      const hash = hashes.get(stream) ?? createHash('sha256')
      hashes.set(stream, hash.update(`${line}\n`))
    }
  }
  await run.done
  const all = [...hashes].toSorted(([a], [b]) => Number(a) - Number(b))
  return all.map(([stream, hash]) => `${stream}:${hash.digest('hex')}`).join(' ')
}
