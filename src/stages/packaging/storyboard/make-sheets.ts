import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { takeKeyframeSample } from '#media/boxes/keyframe-sample.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { writeFragment } from '#media/boxes/write-fragment.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import { spawnFfmpeg } from '#media/ffmpeg/run.ts'
import { readJpegSize } from '#media/pictures/read-jpeg-size.ts'
import type { PlannedTile, Sheets } from './choose-tiles.ts'

interface Options {
  /** The init segment of the track that the tiles are of. */
  readonly init: Buffer
  /** Reads the bytes of a tile's key frame. */
  readonly read: (tile: PlannedTile) => Promise<Buffer>
  /** An empty folder. */
  readonly scratch: string
  readonly signal: AbortSignal
  readonly programs: Programs
}

/** Readings under way at the same time: a bucket answers each after some milliseconds. */
const readAtOnce = 8
const timeoutMs = 10 * 60_000

/**
 * The pictures of a storyboard, in the order of their names. Only the chosen key frames are read, as
 * a film of nothing else, by one ffmpeg: nothing is decoded that is not shown.
 *
 * @throws ReelmillError `ffmpeg_failed` where a key frame cannot be decoded.
 */
export async function makeSheets(sheets: Sheets, options: Options): Promise<Buffer[]> {
  const { scratch, signal, programs } = options
  const film = join(scratch, 'keyframes.mp4')
  await pipeline(
    Readable.from(writeFilm(sheets, options), { objectMode: false }),
    createWriteStream(film),
  )
  const { width, height, columns, rows } = sheets
  const filters = [`scale=${width}:${height}`, 'setsar=1', 'format=yuvj420p']
  const args = [
    // The edit list takes back a delay that pictures on their own do not have.
    ...['-threads', '1', '-ignore_editlist', '1'],
    ...inputArguments({ kind: 'file', path: film }, 'mov'),
    ...['-vf', [...filters, `tile=${columns}x${rows}`].join(','), '-fps_mode', 'passthrough'],
    ...['-c:v', 'mjpeg', '-q:v', '5', '-threads', '1', '-f', 'image2'],
    ...['-start_number', '0', `file:${join(scratch, 'sheet-%d.jpg')}`],
  ]
  const outcome = await spawnFfmpeg(args, { signal, programs, timeoutMs }).done
  if (!outcome.ok) throw toFfmpegError(outcome, 'Making the storyboard')
  const pictures = sheets.names.map((_, index) => readFile(join(scratch, `sheet-${index}.jpg`)))
  return (await Promise.all(pictures)).map((picture) => requireSize(picture, sheets))
}

/** A film of the key frames alone, a second each. */
async function* writeFilm({ tiles }: Sheets, { init, read }: Options): AsyncGenerator<Buffer> {
  const { trackId, timescale } = parseInit(init)
  yield init
  for (let first = 0; first < tiles.length; first += readAtOnce) {
    const pictures = await Promise.all(tiles.slice(first, first + readAtOnce).map(read))
    for (const [index, bytes] of pictures.entries()) {
      const sample = takeKeyframeSample(bytes)
      const row = { bytes: sample.length, compositionOffset: 0, isSync: true }
      yield writeFragment({
        trackId,
        sequenceNumber: first + index + 1,
        baseDecodeTime: (first + index) * timescale,
        rows: [{ ...row, durationTicks: timescale }],
        data: [sample],
      })
    }
  }
}

function requireSize(picture: Buffer, { width, height, columns, rows }: Sheets): Buffer {
  const found = readJpegSize(picture)
  if (found?.width === width * columns && found.height === height * rows) return picture
  throw new ReelmillError('ffmpeg_failed', 'The storyboard has not the size that was planned.')
}
