import { ReelmillError } from '#errors/reelmill-error.ts'
import { readBoxes } from '#media/boxes/box.ts'
import { parseFragment } from '#media/boxes/parse-fragment.ts'
import { type ParsedInit, parseInit } from '#media/boxes/parse-init.ts'
import { readSparsely } from '#media/boxes/read-sparsely.ts'
import type { Sample } from '#media/boxes/sample-run.ts'
import { FilmTrack } from '#media/mp4/film/film-track.ts'
import type { FilledTrack } from '#media/mp4/film/write-film.ts'
import type { Track } from '#media/tracks/track.ts'

/** Reads a file of the output, or `bytes` of it from `start` on: "720p/3.m4s". */
export type ReadOutput = (
  path: string,
  range?: { readonly start: number; readonly bytes: number },
) => Promise<Buffer>

/** Sound comes in turns of about so long, so that a player never waits for the other track. */
const soundTurnSeconds = 1

/**
 * Reads the boxes of all segments of a film's tracks: which samples there are, and where they lie.
 *
 * @throws ReelmillError `output_refused` where the samples of a segment do not lie together.
 */
export async function fillTracks(
  tracks: readonly Track[],
  read: ReadOutput,
): Promise<FilledTrack[]> {
  const filled: FilledTrack[] = []
  for (const [index, track] of tracks.entries()) {
    const init = parseInit(await read(`${track.name}/init.mp4`))
    const table = new FilmTrack({ index, ...init })
    for (const { number, bytes: sizeBytes } of track.segments) {
      const path = `${track.name}/${number}.m4s`
      const bytes = await readSparsely({
        sizeBytes,
        read: (start, length) => read(path, { start, bytes: length }),
      })
      addSegment(table, init, { number, bytes })
    }
    filled.push({ init, table })
  }
  return filled
}

interface Segment {
  readonly number: number
  readonly bytes: Buffer
}

function addSegment(table: FilmTrack, init: ParsedInit, { number, bytes }: Segment): void {
  let moof = null
  for (const box of readBoxes(bytes)) {
    if (box.type === 'moof') moof = box
    if (box.type !== 'mdat' || !moof) continue
    const fragment = bytes.subarray(moof.offset, box.offset + box.size)
    const { samples } = parseFragment(fragment, init.trackDefaults)
    for (const turn of takeTurns(samples, init)) {
      table.add(number, moof.offset + requireTogether(turn), turn)
    }
  }
}

/** A group of pictures is a turn; sound is cut. */
function takeTurns(samples: readonly Sample[], { kind, timescale }: ParsedInit): Sample[][] {
  if (kind === 'video') return [[...samples]]
  const usualTicks = Math.max(1, samples[0]?.durationTicks ?? 1)
  const each = Math.max(1, Math.round((soundTurnSeconds * timescale) / usualTicks))
  const turns = Math.ceil(samples.length / each)
  return Array.from({ length: turns }, (_, turn) => samples.slice(turn * each, (turn + 1) * each))
}

/** Where samples begin that lie one after the other. */
function requireTogether(samples: readonly Sample[]): number {
  const start = samples[0]?.offset ?? 0
  let end = start
  for (const { offset, bytes } of samples) {
    if (offset !== end) {
      throw new ReelmillError('output_refused', 'The samples of a segment do not lie together.')
    }
    end += bytes
  }
  return start
}
