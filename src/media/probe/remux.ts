import { join } from 'node:path'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { type Outcome, refuseBroken } from '../ffmpeg/outcome.ts'
import { type RunOptions, spawnFfmpeg } from '../ffmpeg/run.ts'
import { readGeometry } from './geometry.ts'
import { type RawHeader, type RawStream, readField } from './header.ts'
import { pickStreams, readIndex } from './streams.ts'

/** Text subtitles that Matroska takes as they are. */
const copiedSubtitles = new Set(['subrip', 'ass', 'ssa', 'webvtt'])

/**
 * Copies the used streams, undecoded, into a file in `scratch` that has an index and sane times:
 * missing ones are made up, jumps of a transport stream closed, what comes before the first key
 * frame dropped. Matroska takes almost every codec; turned pictures go into QuickTime, because
 * ffmpeg 5.1 forgets the turn in Matroska. The outcome says whether that went well.
 */
export async function remuxForReading(
  { source, demuxer }: { readonly source: InputSource; readonly demuxer: string },
  header: RawHeader,
  scratch: string,
  options: Pick<RunOptions, 'signal' | 'programs' | 'timeoutMs'>,
): Promise<{ readonly path: string; readonly demuxer: string; readonly outcome: Outcome }> {
  const { video } = pickStreams(header)
  const format = video && readGeometry(video).rotation !== 0 ? 'mov' : 'matroska'
  const path = join(scratch, `readable.${format}`)
  const input = inputArguments(source, demuxer)
  const args = ['-fflags', '+genpts', ...input, ...copyArguments(header)]
  const run = spawnFfmpeg([...args, '-f', format, '-y', `file:${path}`], {
    ...options,
    network: source.kind === 'http',
  })
  const outcome = await run.done
  refuseBroken(outcome)
  return { path, demuxer: format, outcome }
}

/** The streams to take and how, pure. Their indices in the copy follow this order. */
export function copyArguments(header: RawHeader): readonly string[] {
  const { video, audio, subtitles } = pickStreams(header)
  const copied = subtitles.filter((stream) =>
    copiedSubtitles.has(readField(stream, 'codec_name') ?? ''),
  )
  const streams = [...(video ? [video] : []), ...audio, ...copied]
  return [
    ...streams.flatMap((stream) => ['-map', `0:${readIndex(stream)}`]),
    '-c',
    'copy',
    '-map_chapters',
    '-1',
    ...(video ? unpackArguments(video) : []),
    '-max_muxing_queue_size',
    '9999',
  ]
}

/** MPEG-4 in AVI often packs two pictures into one packet, which no other container may hold. */
function unpackArguments(video: RawStream): readonly string[] {
  return readField(video, 'codec_name') === 'mpeg4' ? ['-bsf:v', 'mpeg4_unpack_bframes'] : []
}
