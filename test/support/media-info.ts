import type { AudioStream, MediaInfo, VideoStream } from '#media/probe/media-info.ts'

/** Pictures of a plain source: 1920×1080 at 24 frames a second, 60 s long. */
export function makeVideoStream(changes: Partial<VideoStream> = {}): VideoStream {
  return {
    index: 0,
    codec: 'h264',
    profile: 'High',
    codedWidth: 1920,
    codedHeight: 1080,
    width: 1920,
    height: 1080,
    rotation: 0,
    pixelAspect: [1, 1],
    pixelFormat: 'yuv420p',
    bitDepth: 8,
    interlaced: false,
    hdr: null,
    alpha: false,
    color: { space: null, transfer: null, primaries: null, range: null },
    frameRate: [24, 1],
    variableFrameRate: false,
    timeBase: [1, 12_288],
    packets: 1440,
    startPts: 0,
    endPts: 60 * 12_288,
    keyframes: 30,
    ...changes,
  }
}

/** Sound of a plain source: stereo at 48 000 Hz. */
export function makeAudioStream(changes: Partial<AudioStream> = {}): AudioStream {
  return {
    index: 1,
    codec: 'aac',
    profile: 'LC',
    channels: 2,
    channelLayout: 'stereo',
    sampleRate: 48_000,
    bitRate: 128_000,
    language: 'und',
    title: null,
    isDefault: true,
    startSeconds: 0,
    durationSeconds: 60,
    ...changes,
  }
}

/** A plain source with pictures and sound. */
export function makeMediaInfo(changes: Partial<MediaInfo> = {}): MediaInfo {
  return {
    demuxer: 'mov',
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    sizeBytes: 10_000_000,
    claimedDurationSeconds: 60,
    durationSeconds: 60,
    originSeconds: 0,
    bitRate: 1_300_000,
    video: makeVideoStream(),
    audio: [makeAudioStream()],
    subtitles: [],
    tags: {},
    access: 'seek',
    remarks: [],
    ...changes,
  }
}
