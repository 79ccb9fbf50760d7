import type { Config } from '#config/config.ts'

/** Bytes of the largest presigned upload of a video: the smaller of its two settings. */
export function largestUploadBytes(
  config: Pick<Config, 'videoSourceMaxSize' | 'sourceMaxBytes'>,
): number {
  return Math.min(config.videoSourceMaxSize, config.sourceMaxBytes)
}
