import { readFile } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ChunkPayload, VideoRendition } from '#jobs/payload.ts'
import type { PieceOrder } from '#jobs/piece.ts'
import { requireOneBox } from '#media/boxes/box.ts'
import type { InputSource } from '#media/ffmpeg/input-arguments.ts'
import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { type RunOptions, spawnFfmpeg } from '#media/ffmpeg/run.ts'
import { parseMovie } from '#media/mp4/parse-movie.ts'
import { buildChunkInput } from '../chunk-arguments.ts'
import { buildEncoderArguments } from '../encoder-arguments.ts'
import { buildPictureFilters } from '../picture-filters.ts'
import { estimateLimitMs } from '../time-limit.ts'

/**
 * Writes the small source file of a piece whose frames are not all pictures of their own: at the end
 * of a source whose sound goes on, or in a hole. The pictures are those of a chunk, in the size of
 * the rendition and coded without loss. This costs a decoding, so it is for exceptions only.
 *
 * @throws ReelmillError `source_ends_early`, `server_unreachable`, `ffmpeg_failed`.
 */
export async function renderPiece(
  order: PieceOrder,
  source: InputSource,
  path: string,
  options: Pick<RunOptions, 'signal' | 'programs'>,
): Promise<void> {
  const payload = toChunk(order)
  const outcome = await spawnFfmpeg(buildArguments(payload, order, source, path), {
    ...options,
    network: source.kind === 'http',
    timeoutMs: estimateLimitMs(payload),
  }).done
  if (outcome.inputBroken) throw new ReelmillError('server_unreachable', 'The source broke off.')
  if (!outcome.ok) throw toFfmpegError(outcome, 'Rendering a piece')
  const file = await readFile(path)
  const moov = requireOneBox(file, 'moov').body
  const { frames } = order.piece
  const { samples } = parseMovie(moov, { maxSamples: frames, fileBytes: file.length })
  if (samples.length < frames) throw new ReelmillError('source_ends_early')
}

/**
 * A picture can only be held by a chunk that has it, and only one that reaches the end holds the
 * last: the piece may lie behind that, and is then cut out of what is held.
 */
function toChunk({ input, grid, picture, rendition, piece }: PieceOrder): ChunkPayload {
  const { width, height } = rendition
  const allFrames = grid.frames ?? grid.framesAtMost
  const ownFrames = allFrames - grid.heldFrames
  const firstFrame = Math.min(piece.firstFrame, ownFrames - 1)
  const endFrame = piece.firstFrame + piece.frames
  const frames = (endFrame > ownFrames ? allFrames : endFrame) - firstFrame
  return {
    input,
    grid,
    chunk: { firstFrame, frames, tailFrames: 0 },
    picture: { ...picture, scales: [{ width, height }] },
    renditions: [toLossless(rendition)],
  }
}

/** Quick, and nothing that delays a picture. */
function toLossless(rendition: VideoRendition): VideoRendition {
  const lossless = { profile: 'high444', level: null, refs: 1, bframes: 0, lossless: true } as const
  return { ...rendition, encoder: { ...rendition.encoder, ...lossless, preset: 'ultrafast' } }
}

function buildArguments(
  payload: ChunkPayload,
  { grid, picture, rendition, piece }: PieceOrder,
  source: InputSource,
  path: string,
): string[] {
  const rate = piece.framesPerSecond
  const skipped = piece.firstFrame - payload.chunk.firstFrame
  const place = `trim=start_frame=${skipped}:end_frame=${skipped + piece.frames},settb=1/${rate},setpts=N`
  return [
    ...buildChunkInput(payload, source),
    '-filter_complex',
    `${buildPictureFilters(payload)};[v0]${place}[piece]`,
    ...['-map', '[piece]', '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...buildEncoderArguments(toLossless(rendition), grid, picture.color, 0),
    ...['-video_track_timescale', String(rate), '-f', 'mp4', '-y', `file:${path}`],
  ]
}
