import type { VideoRendition } from '#jobs/payload.ts'
import type { ChunkProfile } from './profile.ts'

/**
 * The renditions that become files to download, by the names that a profile has: "720p" is the
 * largest of H.264 (or, where there is none, of any codec) up to that, "720p-hevc" of HEVC. A video
 * smaller than the name gets its largest, one without anything so small its smallest: who asked for a
 * download gets one.
 */
export function planFilms(
  wanted: ChunkProfile['mp4'],
  video: readonly VideoRendition[],
): readonly string[] {
  if (wanted === undefined || wanted === false) return []
  if (wanted === true) return video.map(({ name }) => name)
  const names = wanted.map((name) => findFilm(name, video)?.name)
  return [...new Set(names)].filter((name) => name !== undefined)
}

function findFilm(wanted: string, video: readonly VideoRendition[]): VideoRendition | undefined {
  const [, shortSide, codec] = /^(\d+)p(?:-(\w+))?$/.exec(wanted) ?? []
  const hasH264 = video.some((rendition) => rendition.codec === 'h264')
  const kept = codec ?? (hasH264 ? 'h264' : undefined)
  const candidates = video.filter((each) => kept === undefined || each.codec === kept)
  // From the largest to the smallest.
  return candidates.find((each) => shortSideOf(each) <= Number(shortSide)) ?? candidates.at(-1)
}

function shortSideOf({ width, height }: VideoRendition): number {
  return Math.min(width, height)
}

/**
 * The file of a rendition: "720p24.mp4" has its short side and its frames a second (P-53), whole
 * numbers both; "720p24-hevc.mp4".
 */
export function nameFilm(rendition: string, framesPerSecond: number): string {
  return `${rendition.replace(/p(?=$|-)/, `p${Math.round(framesPerSecond)}`)}.mp4`
}
