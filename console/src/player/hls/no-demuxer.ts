/** Stands for a demuxer of hls.js that is left out of the build: it knows no stream. */
class NoDemuxer {
  static probe(): boolean {
    return false
  }
}

export { NoDemuxer as default, NoDemuxer as AC3Demuxer }
