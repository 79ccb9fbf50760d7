import type { VideoCodec } from '#jobs/payload.ts'
import type { Size } from './size.ts'

interface Demand extends Size {
  readonly framesPerSecond: number
  readonly maxrateBps: number
  readonly refs: number
}

/** [level, macroblocks a second, macroblocks a frame, kbit/s in Main, decoded picture buffer in macroblocks] */
const h264Levels = [
  ['1.0', 1485, 99, 64, 396],
  ['1.1', 3000, 396, 192, 900],
  ['1.2', 6000, 396, 384, 2376],
  ['1.3', 11880, 396, 768, 2376],
  ['2.0', 11880, 396, 2000, 2376],
  ['2.1', 19800, 792, 4000, 4752],
  ['2.2', 20250, 1620, 4000, 8100],
  ['3.0', 40500, 1620, 10000, 8100],
  ['3.1', 108000, 3600, 14000, 18000],
  ['3.2', 216000, 5120, 20000, 20480],
  ['4.0', 245760, 8192, 20000, 32768],
  ['4.2', 522240, 8704, 50000, 34816],
  ['5.0', 589824, 22080, 135000, 110400],
  ['5.1', 983040, 36864, 240000, 184320],
  ['5.2', 2073600, 36864, 240000, 184320],
  ['6.0', 4177920, 139264, 240000, 696320],
  ['6.2', 16711680, 139264, 800000, 696320],
] as const

/** [level, luma samples a second, luma samples a frame, kbit/s in the Main tier] */
const hevcLevels = [
  ['1.0', 552960, 36864, 128],
  ['2.0', 3686400, 122880, 1500],
  ['2.1', 7372800, 245760, 3000],
  ['3.0', 16588800, 552960, 6000],
  ['3.1', 33177600, 983040, 10000],
  ['4.0', 66846720, 2228224, 12000],
  ['4.1', 133693440, 2228224, 20000],
  ['5.0', 267386880, 8912896, 25000],
  ['5.1', 534773760, 8912896, 40000],
  ['5.2', 1069547520, 8912896, 60000],
  ['6.2', 4278190080, 35651584, 240000],
] as const

/**
 * The lowest level that holds the demand, since every chunk of a rendition must carry the same one
 * (H.264 table A-1; HEVC tables A.8 and A.9). null for codecs whose encoders choose by size alone.
 */
export function chooseLevel(codec: VideoCodec, demand: Demand): string | null {
  if (codec === 'h264') return chooseH264Level(demand)
  if (codec === 'hevc') return chooseHevcLevel(demand)
  return null
}

function chooseH264Level({ width, height, framesPerSecond, maxrateBps, refs }: Demand): string {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  const fits = h264Levels.find(
    // High profile, which we encode, may carry 1.25 times the rate of Main.
    ([, perSecond, perFrame, kbps, buffer]) =>
      macroblocks * framesPerSecond <= perSecond &&
      macroblocks <= perFrame &&
      maxrateBps <= kbps * 1250 &&
      macroblocks * refs <= buffer,
  )
  return (fits ?? h264Levels[h264Levels.length - 1] ?? ['6.2'])[0]
}

function chooseHevcLevel({ width, height, framesPerSecond, maxrateBps }: Demand): string {
  const samples = width * height
  const fits = hevcLevels.find(
    ([, perSecond, perFrame, kbps]) =>
      samples * framesPerSecond <= perSecond && samples <= perFrame && maxrateBps <= kbps * 1000,
  )
  return (fits ?? hevcLevels[hevcLevels.length - 1] ?? ['6.2'])[0]
}
