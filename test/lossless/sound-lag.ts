import { execa } from 'execa'

const sampleRate = 48_000
/** A frame of AAC. */
export const aacFrameSamples = 1024

/** How the sound of an output lies to that of its source, in samples of 48 000 Hz. */
export interface SoundLag {
  /** Positive: the output is late. null where both are silent, or nothing alike was found. */
  readonly lagSamples: number | null
  /** Samples that the output has more than the source, on the output's clock from 0. */
  readonly extraSamples: number
}

/** Compares a track of an output with stream `stream` of its source, whose `origin` is 0. */
export async function measureSoundLag(
  output: string,
  source: { readonly path: string; readonly stream: number; readonly originSeconds: number },
  endSeconds: number,
): Promise<SoundLag> {
  const filters = [
    `asetpts=PTS-(${source.originSeconds})/TB`,
    `aresample=${sampleRate}:async=1:min_hard_comp=0.1:first_pts=0`,
    // Sound that ends before the pictures is followed by silence.
    'apad',
    `atrim=end=${endSeconds}`,
  ]
  const [made, expected] = await Promise.all([
    // From 0 on: what comes before is the priming, which players cut off.
    readSound(output, '0:a', ['atrim=start=0', `aresample=${sampleRate}`]),
    readSound(source.path, `0:${source.stream}`, filters),
  ])
  return { lagSamples: findLag(expected, made), extraSamples: made.length - expected.length }
}

async function readSound(path: string, map: string, filters: string[]): Promise<Int16Array> {
  const input = ['-v', 'error', '-nostdin', '-copyts', '-i', path, '-map', map]
  const output = ['-af', filters.join(','), '-ac', '1', '-f', 's16le', '-']
  const options = { encoding: 'buffer', maxBuffer: 2 ** 30 } as const
  const { stdout } = await execa('ffmpeg', [...input, ...output], options)
  return new Int16Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.byteLength / 2))
}

/** The shift, at most four frames of AAC, at which a loud half second of both is most alike. */
function findLag(expected: Int16Array, made: Int16Array): number | null {
  const reach = 4 * aacFrameSamples
  const length = Math.min(sampleRate / 2, expected.length - 2 * reach)
  if (length <= 0) return null
  const start = findLoudest(expected, length, reach)
  let best = { lag: 0, likeness: multiply(expected, made, { start, lag: 0, length }) }
  for (let lag = 1; lag <= reach; lag++) {
    for (const shift of [lag, -lag]) {
      const likeness = multiply(expected, made, { start, lag: shift, length })
      // A tone is alike at every period: only a clearly better shift counts.
      if (likeness > best.likeness * 1.002) best = { lag: shift, likeness }
    }
  }
  return best.likeness > 0 ? best.lag : null
}

function findLoudest(sound: Int16Array, length: number, reach: number): number {
  let best = { start: reach, loudness: -1 }
  for (let start = reach; start + length + reach <= sound.length; start += length) {
    const loudness = multiply(sound, sound, { start, lag: 0, length })
    if (loudness > best.loudness) best = { start, loudness }
  }
  return best.start
}

function multiply(
  a: Int16Array,
  b: Int16Array,
  { start, lag, length }: { readonly start: number; readonly lag: number; readonly length: number },
): number {
  let sum = 0
  // Every third sample tells as much, in a third of the time.
  for (let index = start; index < start + length; index += 3) {
    sum += (a[index] ?? 0) * (b[index + lag] ?? 0)
  }
  return sum
}
