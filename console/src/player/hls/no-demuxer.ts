/** Stands for a demuxer of hls.js that is left out of the build (vite.config.ts): it knows no stream. */
class NoDemuxer {
  static probe(): boolean {
    return false
  }
}

export { NoDemuxer as AC3Demuxer, NoDemuxer as default }
