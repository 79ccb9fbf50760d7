import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { AudioMergePayload } from '#jobs/file-payload.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { countCost } from './cost.ts'
import { encodeFile } from './encode-file.ts'
import type { FileWork } from './file-work.ts'
import { openInput } from './open-input.ts'
import { openPicture, type Picture } from './open-picture.ts'
import { combineSources, type Sources } from './open-sources.ts'
import { buildPictureEncoder, checkOrder, sizePictures } from './picture-arguments.ts'
import { capRateBps } from './rate-cap.ts'
import { mp4Arguments, openArguments } from './source-arguments.ts'
import { estimateFileLimitMs } from './time-limit.ts'
import { nameVideo, soundArguments } from './web-video.ts'

/**
 * `vod-audio-merge-transcoding` (runner protocol 2.3): a still picture for as long as the sound
 * lasts. Throws `source_no_sound` when there is none.
 */
export const mergeAudio: FileWork<AudioMergePayload> = async (context) => {
  const { payload, scratch, threads, download } = context
  const { fps, resolution } = payload.output
  const place = { ...context, cost: countCost() }
  const sources = combineSources(
    await openInput(await download(payload.input.audioFileUrl), place),
    null,
  )
  const picture = await openPicture(await download(payload.input.previewFileUrl), place)
  const path = join(scratch, `output-${randomUUID()}.mp4`)
  const args = buildAudioMergeArguments(sources, picture, payload.output, threads)
  const { width, height } = sizePictures(picture, resolution)
  const seconds = sources.main.media.durationSeconds
  await encodeFile(place, {
    args: [...args, ...mp4Arguments(path)],
    path,
    doing: 'Putting the picture to the sound',
    seconds,
    timeoutMs: estimateFileLimitMs(sources.inputs, { pixels: width * height, fps, seconds }),
  })
  return nameVideo(path, place.cost.total())
}

/**
 * The picture is decoded and scaled once and then repeated. Its end is that of the sound, as it was
 * measured: an endless input and `-shortest` go on for some seconds.
 */
export function buildAudioMergeArguments(
  sources: Sources,
  picture: Picture,
  order: AudioMergePayload['output'],
  threads: number,
): string[] {
  const sound = soundArguments(sources, true)
  checkOrder(order)
  const { width, height } = sizePictures(picture, order.resolution)
  const rate = capRateBps({ ...order, ratio: picture.width / picture.height }, null)
  const still = [
    `scale=w=${width}:h=${height}:out_color_matrix=bt709:out_range=tv`,
    'setsar=1',
    'format=yuv420p',
    'loop=loop=-1:size=1',
    `setpts=N/(${order.fps})/TB`,
    `fps=fps=${order.fps}`,
  ]
  return [
    ...openArguments(sources),
    ...inputArguments({ kind: 'file', path: picture.path }, picture.demuxer),
    ...['-map', '1:v:0', '-vf', still.join(',')],
    ...buildPictureEncoder(order.fps, rate, threads),
    ...['-tune', 'stillimage', '-color_range', 'tv', '-colorspace', 'bt709'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...sound,
    ...['-t', sources.main.media.durationSeconds.toFixed(3)],
  ]
}
