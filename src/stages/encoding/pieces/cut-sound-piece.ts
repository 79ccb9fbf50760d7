import type { AudioPayload } from '#jobs/payload.ts'
import type { InputSource } from '#media/ffmpeg/input-arguments.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { refuseBroken, toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { type RunOptions, spawnFfmpeg } from '#media/ffmpeg/run.ts'
import { buildSoundFilters } from '../audio-arguments.ts'
import { findRendition } from '../expect-init.ts'

/** One track of sound, worked on by a runner that knows whole files only. */
export interface SoundOrder {
  readonly payload: AudioPayload
  /** Name of the rendition: "audio-0". */
  readonly track: string
}

/** Decoding and packing sound is slower than this share of real time only where it hangs. */
const slowestShareOfRealTime = 0.5

/** Whether a runner of whole files can make the rendition: what it makes of sound is stereo AAC. */
export function canBeSoundPiece({ payload, track }: SoundOrder): boolean {
  const { codec, channels } = findRendition(payload.renditions, track)
  return codec === 'aac' && channels === 2
}

/**
 * Writes the small source file of a track of sound: decoded, put on the output's clock as our own
 * runners do, and packed without loss (FLAC in MP4), from the origin to the end of the video. So the
 * runner that encodes it need not know anything of clocks.
 *
 * @throws ReelmillError `server_unreachable`, `ffmpeg_failed`, `ffmpeg_timed_out`, `cancelled`.
 */
export async function cutSoundPiece(
  { payload, track }: SoundOrder,
  source: InputSource,
  path: string,
  options: Pick<RunOptions, 'signal' | 'programs'> = {},
): Promise<void> {
  const rendition = findRendition(payload.renditions, track)
  const args = [
    '-copyts',
    ...inputArguments(source, payload.input.demuxer),
    ...['-map', `0:${rendition.sourceStream}`, '-vn', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-map_chapters', '-1', '-af', buildSoundFilters(payload, rendition)],
    ...['-sample_fmt', 's16', '-c:a', 'flac'],
    ...['-ac', String(rendition.channels), '-ar', String(rendition.sampleRate)],
    // ffmpeg 5.1 calls FLAC in MP4 experimental; readers have had it for longer.
    ...['-strict', 'experimental', '-f', 'mp4', '-y', `file:${path}`],
  ]
  const { durationSeconds } = payload
  const outcome = await spawnFfmpeg(args, {
    ...options,
    network: source.kind === 'http',
    timeoutMs: Math.min(2 ** 31 - 1, 120_000 + (durationSeconds * 1000) / slowestShareOfRealTime),
  }).done
  refuseBroken(outcome)
  if (!outcome.ok) throw toFfmpegError(outcome, 'Cutting the sound')
}
