import type { VideoCodec, VideoRendition } from '#jobs/payload.ts'
import { codecOf, planEncoder } from './encoder.ts'
import type { Rung } from './profile.ts'
import { fitSize, type Size } from './size.ts'

interface Fitted {
  readonly rung: Rung
  readonly size: Size
}

/**
 * The renditions that a source gets, from the largest to the smallest, per codec. No rendition is
 * above the source; a source between two rungs also gets one at its own size; a source below all
 * rungs gets that one alone.
 */
export function planLadder(
  rungs: readonly Rung[],
  source: Size,
  framesPerSecond: number,
  lossless: boolean,
): VideoRendition[] {
  const codecs = [...new Set(rungs.map(codecOf))]
  return codecs
    .flatMap((codec) =>
      fitRungs(
        rungs.filter((rung) => codecOf(rung) === codec),
        source,
      ),
    )
    .map(({ rung, size }) => ({
      name: nameRendition(size, codecOf(rung), codecs.length > 1),
      codec: codecOf(rung),
      ...size,
      encoder: planEncoder(rung, size, framesPerSecond, lossless),
    }))
    .sort((a, b) => b.width * b.height - a.width * a.height)
}

function fitRungs(rungs: readonly Rung[], source: Size): Fitted[] {
  const kept: Fitted[] = []
  const fromSmallest = [...rungs].sort((a, b) => a.height - b.height)
  for (const rung of fromSmallest) {
    const size = fitSize(source, rung.height)
    const below = kept.at(-1)
    // The smallest rung that holds the whole source is the last that adds anything.
    if (below && below.size.width === size.width && below.size.height === size.height) break
    kept.push({ rung, size })
  }
  return kept.filter((fitted, index) => isWorthIt(fitted, kept[index + 1]))
}

/**
 * A rendition with almost as many pixels as the next larger one costs and gives nothing; nor does one
 * of a picture so narrow that its short side is the same, and its name with it.
 */
function isWorthIt({ size }: Fitted, above: Fitted | undefined): boolean {
  if (!above) return true
  const isNarrower = shortSide(size) < shortSide(above.size)
  return isNarrower && size.width * size.height <= 0.8 * above.size.width * above.size.height
}

function shortSide({ width, height }: Size): number {
  return Math.min(width, height)
}

/** "720p", by the short side; with the codec where a profile has several. */
function nameRendition(size: Size, codec: VideoCodec, several: boolean): string {
  const name = `${shortSide(size)}p`
  return several ? `${name}-${codec}` : name
}
