import type { FileJobType } from './file-payload.ts'
import type { JobType } from './payload.ts'

/** Every type of job that the runner protocol and Reelmill know (runner protocol 2). */
export const jobTypes = [
  'vod-web-video-transcoding',
  'vod-hls-transcoding',
  'vod-audio-merge-transcoding',
  'live-rtmp-hls-transcoding',
  'video-studio-transcoding',
  'video-transcription',
  'generate-video-storyboard',
  'vod-chunk-encoding',
  'vod-audio-encoding',
] as const satisfies readonly (JobType | FileJobType | 'live-rtmp-hls-transcoding')[]
