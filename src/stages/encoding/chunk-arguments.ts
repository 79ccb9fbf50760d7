import type { ChunkPayload } from '#jobs/payload.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { pipeUrl } from '#media/ffmpeg/run.ts'
import { buildEncoderArguments } from './encoder-arguments.ts'
import { buildPictureFilters } from './picture-filters.ts'
import type { SourceLocation } from './work.ts'

/** Filters that look at the picture before need one: this much is read before a chunk's start. */
const deinterlaceMarginSeconds = 0.5

/**
 * The arguments of the one ffmpeg that decodes a chunk and encodes all its renditions, each to a
 * pipe as fragmented MP4 with a fragment per GOP.
 *
 * The seek goes to the key frame at or before the chunk's start on the source's own clock; the
 * pictures before the start are dropped by the filters, which know the exact place of each.
 */
export function buildChunkArguments(
  payload: ChunkPayload,
  source: SourceLocation,
  threads: number,
): string[] {
  return [
    ...buildChunkInput(payload, source),
    '-filter_complex',
    buildPictureFilters(payload),
    ...payload.renditions.flatMap((rendition, index) => [
      ...['-map', `[v${index}]`, '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...buildEncoderArguments(rendition, payload.grid, payload.picture.color, threads),
      ...buildMuxer(payload),
      pipeUrl(index),
    ]),
  ]
}

/** Opens the source at the key frame at or before the chunk's start. */
export function buildChunkInput(payload: ChunkPayload, source: SourceLocation): string[] {
  return [
    ...buildSeek(payload),
    ...keepFilters(payload),
    ...inputArguments(source, payload.input.demuxer),
  ]
}

/**
 * Where pictures change their size or format, ffmpeg builds all filters anew, which then count from
 * the chunk's start again: pictures were lost and others came too early. The first of our filters
 * brings all pictures to one size instead.
 */
function keepFilters({ picture }: ChunkPayload): string[] {
  return picture.stored ? ['-reinit_filter', '0'] : []
}

function buildSeek({ grid, chunk, input, picture }: ChunkPayload): string[] {
  if (chunk.firstFrame === 0) return ['-copyts']
  const [numerator, denominator] = grid.frameRate
  const margin = picture.deinterlace ? deinterlaceMarginSeconds : 0
  const seconds = input.originSeconds + (chunk.firstFrame * denominator) / numerator - margin
  return ['-copyts', '-noaccurate_seek', '-seek_timestamp', '1', '-ss', seconds.toFixed(6)]
}

/**
 * One fragment per GOP and nothing in the `moov`. Decode times start at 0 and pictures are late by
 * the reorder delay, which the init segment's edit list takes back; ffmpeg's own way to write that
 * (negative offsets) is read by ffmpeg itself as two frames late.
 */
function buildMuxer({ grid }: ChunkPayload): string[] {
  const flags = '+frag_keyframe+empty_moov+default_base_moof+skip_trailer'
  const format = ['-f', 'mp4', '-movflags', flags, '-use_editlist', '0']
  return [...format, '-video_track_timescale', String(grid.timescale)]
}
