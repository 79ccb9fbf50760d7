import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { measureHold } from './hold.ts'
import { requirePictures } from './open-input.ts'
import type { Sources } from './open-sources.ts'
import {
  buildPictureEncoder,
  checkOrder,
  listPictureFilters,
  type PictureOrder,
} from './picture-arguments.ts'
import { capRateBps } from './rate-cap.ts'

/** Opens the files of the sources, in their order, from that many seconds after their start. */
export function openArguments({ inputs }: Pick<Sources, 'inputs'>, fromSeconds = 0): string[] {
  const seek = fromSeconds > 0 ? ['-ss', fromSeconds.toFixed(6)] : []
  return inputs.flatMap(({ path, demuxer }) => [
    ...seek,
    ...inputArguments({ kind: 'file', path }, demuxer),
  ])
}

/** The pictures of the sources, scaled and encoded; throws `source_no_pictures`, `job_invalid`. */
export function pictureArguments(sources: Sources, order: PictureOrder, threads: number): string[] {
  const video = requirePictures(sources.main)
  checkOrder(order)
  const filters = listPictureFilters(video, order, measureHold(sources))
  const ratio = video.width / video.height
  const rate = capRateBps({ ...order, ratio }, sources.main.media.bitRate)
  return [
    ...['-map', `0:${video.index}`, '-vf', filters.join(',')],
    ...buildPictureEncoder(order.fps, rate, threads),
  ]
}

/** Nothing of what people wrote into a file goes on into another. */
const anonymous = ['-map_metadata', '-1', '-map_chapters', '-1', '-max_muxing_queue_size', '9999']

/** Writes one MP4 that plays before it is there as a whole. */
export function mp4Arguments(path: string): string[] {
  return [...anonymous, '-movflags', 'faststart', '-f', 'mp4', `file:${path}`]
}

/**
 * Writes one fragmented MP4 and the playlist of its byte ranges into the working folder, 4 s
 * segments (runner protocol 2.2, 5.8). Names without a folder: the playlist holds them as they are.
 */
export function hlsArguments(names: { readonly media: string; readonly playlist: string }) {
  return [
    ...anonymous,
    ...['-hls_time', '4', '-hls_list_size', '0', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_segment_filename', names.media],
    ...['-hls_flags', 'single_file', '-f', 'hls', names.playlist],
  ]
}
