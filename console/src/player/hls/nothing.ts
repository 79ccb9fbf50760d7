/** Stands for a part of hls.js that is left out of the build (hls-sources.ts). */
export default undefined
