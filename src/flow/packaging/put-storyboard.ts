import { isOutage } from '#errors/is-outage.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { initName, nameSegment } from '#media/tracks/paths.ts'
import { writeTiles } from '#media/tracks/storyboard-track.ts'
import type { Track, VideoTrack } from '#media/tracks/track.ts'
import { chooseTiles, type Sheets } from '#stages/packaging/storyboard/choose-tiles.ts'
import { makeSheets } from '#stages/packaging/storyboard/make-sheets.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import { withScratch } from '../scratch.ts'
import type { PlannedVersion } from '../version.ts'
import { outputReader } from './read-output.ts'
import type { MadeFile } from './record-files.ts'

/**
 * Puts a storyboard beside the tracks where the plan wants one: pictures with tiles and a WebVTT.
 * They come from key frames of the smallest rendition. One that cannot be made is no reason to keep
 * a video from people.
 */
export async function putStoryboard(
  parts: Parts,
  version: PlannedVersion,
  tracks: readonly Track[],
  signal: AbortSignal,
): Promise<MadeFile[]> {
  const track = tracks.filter((each) => each.kind === 'video').at(-1)
  const sheets = version.plan.storyboard && track ? chooseTiles(track) : null
  if (!track || !sheets) return []
  try {
    return [await putSheets(parts, version, { track, sheets }, signal)]
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ReelmillError && isOutage(error)) throw error
    parts.log.warn({ err: error, versionId: version.id }, 'the storyboard could not be made')
    return []
  }
}

async function putSheets(
  parts: Parts,
  { prefix }: PlannedVersion,
  { track, sheets }: { readonly track: VideoTrack; readonly sheets: Sheets },
  signal: AbortSignal,
): Promise<MadeFile> {
  const read = outputReader(parts, prefix)
  const init = await read(`${track.name}/${initName}`)
  const pictures = await withScratch(parts, (scratch) =>
    makeSheets(sheets, {
      init,
      read: ({ segment, keyframe: { offset: start, bytes } }) =>
        read(`${track.name}/${nameSegment(segment)}`, { start, bytes }),
      scratch,
      signal,
      programs: programsOf(parts),
    }),
  )
  for (const [index, picture] of pictures.entries()) {
    await parts.storage.put(`${prefix}${sheets.names[index]}`, picture)
  }
  const cues = Buffer.from(writeTiles(sheets.tiles))
  await parts.storage.put(`${prefix}storyboard.vtt`, cues)
  const bytes = pictures.reduce((sum, picture) => sum + picture.length, cues.length)
  return { kind: 'storyboard', path: 'storyboard.vtt', bytes }
}
