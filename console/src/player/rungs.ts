import { formatBitRate } from '../words/amounts.ts'

/** A quality that the player can be held at: one variant of the master playlist. */
export interface Rung {
  /** Its number among the stream's levels. */
  readonly level: number
  /** Pixels, of the shorter side: what "720p" names, for portraits too. 0: sound alone. */
  readonly lines: number
  readonly fps: number
  readonly bitrateBps: number
  /** "H.264", or "" when unknown. */
  readonly codec: string
}

/** Those of hls.js's level that decide. */
export interface LevelFacts {
  readonly width: number
  readonly height: number
  readonly frameRate: number
  readonly bitrate: number
  readonly videoCodec: string | undefined
}

const codecs: readonly (readonly [RegExp, string])[] = [
  [/^avc[13]/, 'H.264'],
  [/^(hvc1|hev1|dvh)/, 'HEVC'],
  [/^vp0?9/, 'VP9'],
  [/^av01/, 'AV1'],
]

/** The rungs of a ladder from the best to the smallest. */
export function toRungs(levels: readonly LevelFacts[]): Rung[] {
  const rungs = levels.map(({ width, height, frameRate, bitrate, videoCodec }, level) => ({
    level,
    lines: Math.min(width || height, height),
    fps: frameRate,
    bitrateBps: bitrate,
    codec: codecs.find(([pattern]) => pattern.test(videoCodec ?? ''))?.[1] ?? '',
  }))
  return rungs.toSorted((a, b) => b.lines - a.lines || b.bitrateBps - a.bitrateBps)
}

/**
 * What a menu calls a rung: `1080p`, `1080p60` where it shows more than 30 pictures a second, with
 * the codec or else the rate where another would be called the same.
 */
export function nameRung(rung: Rung, all: readonly Rung[]): string {
  const name = nameAlone(rung)
  const rivals = all.filter((each) => each !== rung && nameAlone(each) === name)
  if (rivals.length === 0) return name
  const isOnlyOfCodec = rivals.every(({ codec }) => codec !== rung.codec)
  return `${name} · ${isOnlyOfCodec && rung.codec ? rung.codec : formatBitRate(rung.bitrateBps)}`
}

/** The rung that stands for what was chosen earlier, in a ladder that may have grown since. */
export function findRung(rungs: readonly Rung[], chosen: Rung): Rung | null {
  return (
    rungs.find(
      (each) =>
        each.lines === chosen.lines &&
        each.codec === chosen.codec &&
        Math.round(each.fps) === Math.round(chosen.fps),
    ) ?? null
  )
}

function nameAlone({ lines, fps }: Rung): string {
  if (lines === 0) return 'Sound only'
  return fps > 31 ? `${lines}p${Math.round(fps)}` : `${lines}p`
}
