import { appendFile, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChunkPayload } from '#jobs/payload.ts'
import { defaultPrograms } from '#media/ffmpeg/programs.ts'
import type { HandIn } from '#stages/encoding/work.ts'
import { works } from '#stages/encoding/works.ts'

/**
 * Encodes chunks one after the other with a runner's own work, and joins each rendition's init and
 * segments into `folder/NAME.mp4`, as a player would read them.
 */
export async function encodeChunks(
  source: string,
  chunks: readonly ChunkPayload[],
  folder: string,
): Promise<void> {
  const begun = new Set<string>()
  const fileOf = (track: string): string => join(folder, `${track}.mp4`)
  const handIn: HandIn = {
    async init(track, bytes) {
      if (begun.has(track)) return
      begun.add(track)
      await writeFile(fileOf(track), bytes)
    },
    segment: (track, _number, bytes) => appendFile(fileOf(track), bytes),
  }
  const scratch = await mkdtemp(join(folder, 'scratch-'))
  for (const chunk of chunks) {
    await works['vod-chunk-encoding']({
      payload: { type: 'vod-chunk-encoding', ...chunk },
      source: { kind: 'file', path: source },
      scratch,
      signal: new AbortController().signal,
      threads: 0,
      niceness: 0,
      programs: defaultPrograms,
      handIn,
      report: () => undefined,
    })
  }
}
