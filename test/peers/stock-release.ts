/** The releases of the stock runner that are imitated: those of PeerTube 6.3 and 8.2. */
export type StockRelease = '0.0.21' | '0.6.0'

/** In what the releases differ on the wire and in their commands (runner protocol 5 and 7.1). */
export interface StockHabits {
  /** Sends `version` with register and request. */
  readonly saysVersion: boolean
  /** Its first update carries `progress=0`; else there is no such field until ffmpeg reports. */
  readonly startsAtZero: boolean
  /** Looks for the first job of a type that it knows; else it takes the first of all. */
  readonly choosesItself: boolean
  /** Sends `jobTypes` when it is restricted to some. */
  readonly saysJobTypes: boolean
  readonly knownTypes: readonly string[]
  readonly setsFrameRateBy: 'option' | 'filter'
  /** In HLS jobs: good sound is copied beside pictures that are encoded. */
  readonly copiesSoundInHls: boolean
  /** In HLS jobs: everything is copied when nothing would change. */
  readonly copiesAllInHls: boolean
  /** Sends single files to addresses of their own when the payload names some (2.8). */
  readonly knowsCustomUpload: boolean
}

const vodTypes = [
  'vod-web-video-transcoding',
  'vod-hls-transcoding',
  'vod-audio-merge-transcoding',
  'live-rtmp-hls-transcoding',
  'video-studio-transcoding',
  'video-transcription',
]

export const stockHabits: Readonly<Record<StockRelease, StockHabits>> = {
  '0.0.21': {
    saysVersion: false,
    startsAtZero: false,
    choosesItself: true,
    saysJobTypes: false,
    knownTypes: vodTypes,
    setsFrameRateBy: 'option',
    copiesSoundInHls: true,
    copiesAllInHls: false,
    knowsCustomUpload: false,
  },
  '0.6.0': {
    saysVersion: true,
    startsAtZero: true,
    choosesItself: false,
    saysJobTypes: true,
    knownTypes: [...vodTypes, 'generate-video-storyboard'],
    setsFrameRateBy: 'filter',
    copiesSoundInHls: false,
    copiesAllInHls: true,
    knowsCustomUpload: true,
  },
}
