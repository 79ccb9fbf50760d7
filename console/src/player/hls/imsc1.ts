/** The codec of subtitles as TTML, which our streams never have. */
export const IMSC1_CODEC = 'stpp.ttml.im1t'

/** Stands for a parser of hls.js that is left out of the build (hls-sources.ts). */
export function parseIMSC1(): void {
  throw new TypeError('TTML is not read here')
}
