import { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Film } from '#media/mp4/film/write-film.ts'
import type { Track } from '#media/tracks/track.ts'
import type { ReadOutput } from './fill-tracks.ts'

/** The bytes of a film, each segment read once; in memory are two of them. */
export function pourFilm(film: Film, tracks: readonly Track[], read: ReadOutput): Readable {
  return Readable.from(writeFilm(film, tracks, read), { objectMode: false })
}

interface Opened {
  readonly segment: number
  readonly bytes: Buffer
}

async function* writeFilm(
  { header, chunks }: Film,
  tracks: readonly Track[],
  read: ReadOutput,
): AsyncGenerator<Buffer> {
  yield header
  const opened: (Opened | undefined)[] = []
  for (const { track, segment, start, bytes } of chunks) {
    const last = opened[track]
    const path = `${tracks[track]?.name}/${segment}.m4s`
    const current = last?.segment === segment ? last : { segment, bytes: await read(path) }
    opened[track] = current
    if (current.bytes.length < start + bytes) {
      throw new ReelmillError('output_refused', `The segment ${path} became shorter.`)
    }
    yield current.bytes.subarray(start, start + bytes)
  }
}
