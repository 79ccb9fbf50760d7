// Stands for parsers of hls.js that are left out of the build (vite.config.ts): of captions inside
// pictures and of TTML, which our streams never have.
export const IMSC1_CODEC = 'stpp.ttml.im1t'
export const parseIMSC1 = undefined
export default undefined
