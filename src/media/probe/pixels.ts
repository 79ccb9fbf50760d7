import { type RawStream, readField, readNumberField, readTag } from './header.ts'

/** Bits of a colour component, from the pixel format's name: "yuv420p10le" has 10. */
export function readBitDepth(stream: RawStream): number {
  const format = readField(stream, 'pix_fmt') ?? ''
  const named = /(?:p|gray|y2)(0?9|10|12|14|16)(?:le|be)?$/.exec(format)?.[1]
  if (named) return Number(named)
  if (/^p[0-9](10|16)/.test(format)) return format.includes('16') ? 16 : 10
  return readNumberField(stream, 'bits_per_raw_sample') || 8
}

/** Whether pictures are partly transparent. VP8 and VP9 carry that beside the stream, under a tag. */
export function hasAlpha(stream: RawStream): boolean {
  const format = readField(stream, 'pix_fmt') ?? ''
  if (readTag(stream.tags, 'alpha_mode') === '1') return true
  return /^(yuva|ya\d|rgba|bgra|argb|abgr|gbrap|ayuv|vuya)/.test(format)
}

/** True for the four orders of fields; unknown counts as progressive. */
export function isInterlaced(stream: RawStream): boolean {
  return ['tt', 'bb', 'tb', 'bt'].includes(readField(stream, 'field_order') ?? '')
}

/** The transfer of high dynamic range (ITU-R BT.2100), or null. */
export function readHdr(stream: RawStream): 'pq' | 'hlg' | null {
  const transfer = readField(stream, 'color_transfer')
  if (transfer === 'smpte2084') return 'pq'
  return transfer === 'arib-std-b67' ? 'hlg' : null
}
