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
 * each stream; from the largest picture to the sound.
 */
export async function countFrames(location: string): Promise<CountedStream[]> {
  const { streams } = location.endsWith('.mpd')
    ? await probeManifest(location)
    : await probe(location, ['-count_packets'])
  return streams
    .map(({ codec_type: kind, width = null, height = null, nb_read_packets: frames }) => ({
      kind,
      width,
      height,
      frames: Number(frames),
    }))
    .filter((stream): stream is CountedStream => stream.kind === 'video' || stream.kind === 'audio')
    .toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))
}

/** Each stream alone: of several in a manifest ffprobe stops at the end of the first that ends. */
async function probeManifest(location: string): Promise<Probed> {
  const { streams } = await probe(location, [])
  const alone = streams.map(async (_, index) => {
    const only = ['-count_packets', '-select_streams', String(index)]
    return (await probe(location, only)).streams
  })
  return { streams: (await Promise.all(alone)).flat() }
}

async function probe(location: string, options: readonly string[]): Promise<Probed> {
  const entries = 'stream=codec_type,width,height,nb_read_packets'
  const output = ['-show_entries', entries, '-of', 'json']
  const { stdout } = await execa('ffprobe', ['-v', 'error', ...options, ...output, location])
  return JSON.parse(stdout) as Probed
}
