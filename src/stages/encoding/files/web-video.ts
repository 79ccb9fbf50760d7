import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { WebVideoPayload } from '#jobs/file-payload.ts'
import { countCost } from './cost.ts'
import { encodeFile } from './encode-file.ts'
import type { FileResult, FileWork } from './file-work.ts'
import { requirePictures } from './open-input.ts'
import { openSources, requireSound, type Sources } from './open-sources.ts'
import { sizePictures } from './picture-arguments.ts'
import { buildSoundArguments } from './sound-arguments.ts'
import { mp4Arguments, openArguments, pictureArguments } from './source-arguments.ts'
import { estimateFileLimitMs, type Written } from './time-limit.ts'

/**
 * `vod-web-video-transcoding` (runner protocol 2.1): one MP4 of the size and rate that is asked
 * for; of resolution 0 it holds the sound alone.
 */
export const makeWebVideo: FileWork<WebVideoPayload> = async (context) => {
  const { payload, scratch, threads } = context
  const place = { ...context, cost: countCost() }
  const sources = await openSources(place, payload.input)
  const path = join(scratch, `output-${randomUUID()}.mp4`)
  const args = buildWebVideoArguments(sources, payload.output, threads)
  const written = describeWritten(sources, payload.output)
  await encodeFile(place, {
    args: [...args, ...mp4Arguments(path)],
    path,
    doing: 'Encoding the video',
    seconds: written.seconds,
    timeoutMs: estimateFileLimitMs(sources.inputs, written),
  })
  return nameVideo(path, place.cost.total())
}

/** Inputs, filters and encoders of a web video; what follows is where it is written. */
export function buildWebVideoArguments(
  sources: Sources,
  { resolution, fps }: WebVideoPayload['output'],
  threads: number,
): string[] {
  const open = openArguments(sources)
  if (resolution === 0) return [...open, ...soundArguments(sources, true), '-vn']
  const sound = sources.sound ? soundArguments(sources, true) : ['-an']
  return [...open, ...pictureArguments(sources, { resolution, fps }, threads), ...sound]
}

/** The sound of the sources, copied where that may be; throws `source_no_sound`. */
export function soundArguments(sources: Sources, mayCopy: boolean): string[] {
  const { input, stream } = requireSound(sources)
  return ['-map', `${input}:${stream.index}`, ...buildSoundArguments(stream, mayCopy)]
}

/** What comes out, for the limit of time. */
export function describeWritten(
  { main, inputs }: Sources,
  { resolution, fps }: { readonly resolution: number; readonly fps: number },
): Written {
  const seconds = Math.max(...inputs.map(({ media }) => media.durationSeconds))
  if (resolution === 0) return { pixels: 0, fps: 0, seconds }
  const { width, height } = sizePictures(requirePictures(main), resolution)
  return { pixels: width * height, fps, seconds }
}

/** The result of a job that makes one video file. */
export function nameVideo(
  path: string,
  cost: Pick<FileResult, 'cpuSeconds' | 'wallSeconds' | 'peakMemoryBytes'>,
): FileResult {
  const filename = path.slice(path.lastIndexOf('/') + 1)
  return { files: { videoFile: { path, filename, type: 'video/mp4' } }, fields: {}, ...cost }
}
