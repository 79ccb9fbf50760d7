import { stat } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { toFfmpegError } from '../ffmpeg/outcome.ts'
import type { RunOptions } from '../ffmpeg/run.ts'
import { identifyDemuxer } from '../probe/demuxer.ts'
import { describeMedia } from '../probe/describe-media.ts'
import { type RawHeader, readHeader, readNumberField } from '../probe/header.ts'
import type { AudioStream, MediaInfo, VideoStream } from '../probe/media-info.ts'
import { scanPackets } from '../probe/packet-scan.ts'
import { pickStreams } from '../probe/streams.ts'
import { toNumber } from '../rational.ts'
import { codecsOf } from './codecs-of.ts'
import { refuseResult } from './refuse-result.ts'

/** What a file that a runner handed in really is; none of it is taken from the runner's words. */
export interface ProbedResult {
  readonly sizeBytes: number
  /** Measured from packets. */
  readonly durationSeconds: number
  /** Short side in pixels as shown; 0: sound alone (D-06). */
  readonly resolution: number
  readonly video: ProbedVideo | null
  readonly audio: ProbedAudio | null
  /** Streams of pictures and of sound in the file; one of each is what is looked at. */
  readonly videoStreams: number
  readonly audioStreams: number
}

export interface ProbedVideo {
  readonly codec: string
  /** RFC 6381, by what ffprobe says (D-68). */
  readonly codecs: string
  readonly pixelFormat: string | null
  /** Pixels as shown. */
  readonly width: number
  readonly height: number
  /** Pixels as stored. */
  readonly codedWidth: number
  readonly codedHeight: number
  /** The average where the rate varies. */
  readonly fps: number
  readonly variableFrameRate: boolean
  readonly durationSeconds: number
}

export interface ProbedAudio {
  readonly codec: string
  readonly codecs: string
  readonly channels: number
  readonly sampleRate: number
  readonly durationSeconds: number
}

/** Reading undecoded packets at less than this is a hang, not work. */
const slowestBytesPerMs = 5000
const startMs = 60_000

type Options = Pick<RunOptions, 'signal' | 'programs'>

/**
 * Reads header and packets of an MP4 that a runner handed in, confined as every file of strangers.
 *
 * @throws ReelmillError `result_refused` when it is no MP4 that can be read; `ffmpeg_…`, `cancelled`.
 */
export async function probeResult(path: string, options: Options = {}): Promise<ProbedResult> {
  const { size: sizeBytes } = await stat(path)
  const { header, media } = await readMp4(path, sizeBytes, options).catch(blameRunner)
  return {
    sizeBytes,
    durationSeconds: media.durationSeconds,
    resolution: media.video ? Math.min(media.video.width, media.video.height) : 0,
    video: media.video && describePictures(media.video, header),
    audio: media.audio[0] ? describeSound(media.audio[0]) : null,
    videoStreams: countStreams(header, 'video'),
    audioStreams: countStreams(header, 'audio'),
  }
}

async function readMp4(
  path: string,
  sizeBytes: number,
  options: Options,
): Promise<{ header: RawHeader; media: MediaInfo }> {
  const demuxer = await identifyDemuxer(path)
  if (demuxer !== 'mov') refuseResult('The file is not an MP4.', { container: demuxer })
  const source = { kind: 'file', path } as const
  const header = await readHeader(source, demuxer, options)
  const timeoutMs = startMs + sizeBytes / slowestBytesPerMs
  const scan = await scanPackets(source, demuxer, { ...options, timeoutMs })
  const { isCanceled, timedOut } = scan.outcome
  if (isCanceled || timedOut) throw toFfmpegError(scan.outcome, 'Reading the file')
  return { header, media: describeMedia({ demuxer, header, packets: scan.streams, sizeBytes }) }
}

/** What is wrong with a source is its owner's; what is wrong with a result is the runner's. */
function blameRunner(error: unknown): never {
  if (!(error instanceof ReelmillError) || error.blame !== 'media') throw error
  throw new ReelmillError('result_refused', error.message, { cause: error, details: error.details })
}

function describePictures(video: VideoStream, header: RawHeader): ProbedVideo {
  const stream = pickStreams(header).video
  const level = stream && readNumberField(stream, 'level')
  const { codec, profile, pixelFormat, width, height, codedWidth, codedHeight } = video
  return {
    codec,
    codecs: codecsOf({ codec, profile, level }),
    pixelFormat,
    width,
    height,
    codedWidth,
    codedHeight,
    fps: toNumber(video.frameRate),
    variableFrameRate: video.variableFrameRate,
    durationSeconds: (video.endPts - video.startPts) * toNumber(video.timeBase),
  }
}

function describeSound(audio: AudioStream): ProbedAudio {
  const { codec, profile, channels, sampleRate, durationSeconds } = audio
  return {
    codec,
    codecs: codecsOf({ codec, profile, level: null }),
    channels,
    sampleRate,
    durationSeconds: durationSeconds ?? 0,
  }
}

function countStreams({ streams }: RawHeader, type: string): number {
  return streams.filter((stream) => stream.codec_type === type).length
}
