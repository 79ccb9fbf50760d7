import { parseRational, type Rational, toNumber } from '../rational.ts'
import { type RawStream, readField, readNumberField, readTag } from './header.ts'

export interface Geometry {
  readonly codedWidth: number
  readonly codedHeight: number
  readonly width: number
  readonly height: number
  readonly rotation: 0 | 90 | 180 | 270
  /** Nothing turns or mirrors the picture, at no angle. */
  readonly upright?: true
  readonly pixelAspect: Rational
}

/** Beyond this a pixel aspect is a mistake of somebody's, not a wish. */
const aspectMaximum = 8
/** Closer to square than this is somebody's rounding. */
const squareTolerance = 0.005

/**
 * Sizes as stored and as shown. The lines of the stored picture are kept and its columns stretched
 * by the pixel aspect, as broadcast standards mean it; then the picture is turned.
 */
export function readGeometry(stream: RawStream): Geometry {
  const codedWidth = readNumberField(stream, 'width') ?? 0
  const codedHeight = readNumberField(stream, 'height') ?? 0
  const pixelAspect = readPixelAspect(stream)
  const rotation = readRotation(stream)
  const shownWidth = Math.max(1, Math.round(codedWidth * toNumber(pixelAspect)))
  const [width, height] =
    rotation === 90 || rotation === 270 ? [codedHeight, shownWidth] : [shownWidth, codedHeight]
  const stored = { codedWidth, codedHeight, width, height, rotation, pixelAspect }
  return isUpright(stream) ? { ...stored, upright: true } : stored
}

/** Any display matrix counts, for ffmpeg also follows those that mirror or tilt. */
function isUpright(stream: RawStream): boolean {
  const isTurned = stream.side_data_list.some(
    (data) => readField(data, 'side_data_type') === 'Display Matrix',
  )
  return !isTurned && readTag(stream.tags, 'rotate') === null
}

function readPixelAspect(stream: RawStream): Rational {
  const aspect = parseRational(readField(stream, 'sample_aspect_ratio') ?? undefined)
  if (!aspect) return [1, 1]
  const value = toNumber(aspect)
  const isMistaken = value > aspectMaximum || value < 1 / aspectMaximum
  return isMistaken || Math.abs(value - 1) < squareTolerance ? [1, 1] : aspect
}

/**
 * ffprobe gives the display matrix in degrees counter-clockwise, old files a tag in degrees
 * clockwise. Angles that are no quarter turns are not followed.
 */
function readRotation(stream: RawStream): 0 | 90 | 180 | 270 {
  const matrix = stream.side_data_list
    .map((data) => readNumberField(data, 'rotation'))
    .find((degrees) => degrees !== null)
  const tag = Number(readTag(stream.tags, 'rotate') ?? 0)
  const clockwise = matrix === undefined ? tag : -matrix
  const turned = (((Math.round(clockwise) % 360) + 360) % 360) as number
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0
}
