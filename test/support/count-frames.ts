import { execa } from 'execa'

/** A stream as an independent reader sees it. */
export interface CountedStream {
  readonly kind: 'video' | 'audio'
  readonly width: number | null
  readonly height: number | null
  /** Coded pictures, or coded frames of sound. */
  readonly frames: number
}

interface Probed {
  readonly streams: readonly {
    readonly codec_type: string
    readonly width?: number
    readonly height?: number
    readonly nb_read_packets?: string
  }[]
}

/**
 * Lets ffprobe read a playlist or manifest (a path or an address) to its end and counts what is in
 * each stream; from the largest picture to the sound. Each stream is read alone: of several in a
 * manifest ffprobe stops at the end of the first that ends.
 */
export async function countFrames(location: string): Promise<CountedStream[]> {
  const { streams } = await probe(location, [])
  const counted = streams.map(async ({ codec_type: type, width = null, height = null }, index) => {
    const alone = await probe(location, ['-count_packets', '-select_streams', String(index)])
    const frames = Number(alone.streams[0]?.nb_read_packets)
    return { kind: type, width, height, frames }
  })
  return (await Promise.all(counted))
    .filter((stream): stream is CountedStream => stream.kind === 'video' || stream.kind === 'audio')
    .toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))
}

async function probe(location: string, options: readonly string[]): Promise<Probed> {
  const entries = 'stream=codec_type,width,height,nb_read_packets'
  const output = ['-show_entries', entries, '-of', 'json']
  const { stdout } = await execa('ffprobe', ['-v', 'error', ...options, ...output, location])
  return JSON.parse(stdout) as Probed
}
