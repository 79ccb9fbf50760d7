import type { OutputColor } from '#jobs/payload.ts'
import type { VideoStream } from '#media/probe/media-info.ts'

const standard = { space: 'bt709', primaries: 'bt709', transfer: 'bt709' } as const
/** What players assume of untagged pictures of television size. */
const television = { space: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m' } as const

/**
 * The colour tags of the output. The source's own are kept, since converting costs time and
 * quality; only what no player shows right (HDR, RGB, full range) is converted. Untagged pictures
 * are tagged with what players would assume of the source's size, so that a small rendition does
 * not change its colours.
 */
export function planColor(video: VideoStream): OutputColor {
  const { space, primaries, transfer, range } = video.color
  const isRgb = space === 'gbr' || /^(gbr|rgb|bgr|argb|abgr|pal8)/.test(video.pixelFormat ?? '')
  const convert = isRgb || range === 'pc' || (video.pixelFormat ?? '').startsWith('yuvj')
  if (video.hdr || isRgb) return { ...standard, convert }
  const assumed = Math.min(video.width, video.height) <= 576 ? television : standard
  return {
    space: space ?? assumed.space,
    primaries: primaries ?? assumed.primaries,
    transfer: transfer ?? assumed.transfer,
    convert,
  }
}
