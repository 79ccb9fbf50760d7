import { isKey } from '#storage/keys.ts'
import { codecOf } from './encoder.ts'
import type { FieldProblem } from './field-problems.ts'
import { type ChunkProfile, isWholeFileProfile, type Profile, type Rung } from './profile.ts'

const x26xPresets = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
  'placebo',
]
const numbers = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index))

/** What the usual encoder of each codec understands. */
const scales = {
  h264: { crfMost: 51, presets: x26xPresets },
  hevc: { crfMost: 51, presets: x26xPresets },
  vp9: { crfMost: 63, presets: numbers(0, 8) },
  av1: { crfMost: 63, presets: numbers(0, 13) },
} as const satisfies Record<string, { crfMost: number; presets: readonly string[] }>

/** Folders of the storage that are the server's own: no video's output goes there. */
export const ownFolders: readonly string[] = ['sources', 'tmp', 'results']

/** What is wrong with a profile that its schema cannot say; encoding would fail by it, or worse. */
export function checkProfile(profile: Profile): FieldProblem[] {
  const reserved = checkPrefixOf(profile)
  return [
    ...reserved,
    ...(isWholeFileProfile(profile) ? checkFiles(profile) : checkChunks(profile)),
  ]
}

function checkPrefixOf({ prefix }: Profile): FieldProblem[] {
  if (prefix === undefined) return []
  const filled = prefix.replaceAll(/\{(id|version|stamp)\}/g, 'x').replace(/\/$/, '')
  if (!isKey(filled))
    return [{ field: '/prefix', message: 'must be a relative path of plain names' }]
  const [folder = ''] = filled.split('/')
  if (!ownFolders.includes(folder)) return []
  return [{ field: '/prefix', message: `may not lie in ${folder}/, which is the server's own` }]
}

/** Of whole files of neither kind nothing could be watched. */
function checkFiles({ wholeFiles }: Extract<Profile, { wholeFiles: object }>): FieldProblem[] {
  const { hls = true, webVideos = false } = wholeFiles
  return hls || webVideos ? [] : [{ field: '/wholeFiles', message: 'must make HLS or web videos' }]
}

function checkChunks(profile: ChunkProfile): FieldProblem[] {
  const { gopSeconds, segmentSeconds, video } = profile
  const isShort =
    gopSeconds !== undefined && segmentSeconds !== undefined && segmentSeconds < gopSeconds
  return [
    ...video.flatMap(checkRung),
    ...checkFilms(profile),
    ...(isShort ? [{ field: '/segmentSeconds', message: 'must be at least gopSeconds' }] : []),
  ]
}

function checkRung(rung: Rung, index: number): FieldProblem[] {
  // Of an encoder by name nobody here knows what it understands.
  if (rung.encoder !== undefined) return []
  const codec = codecOf(rung)
  const { crfMost, presets } = scales[codec]
  const at = `/video/${index}`
  const isPreset = rung.preset === undefined || (presets as readonly string[]).includes(rung.preset)
  return [
    ...(rung.crf > crfMost
      ? [{ field: `${at}/crf`, message: `must be at most ${crfMost} for ${codec}` }]
      : []),
    ...(isPreset
      ? []
      : [
          {
            field: `${at}/preset`,
            message: `must be from ${presets[0]} to ${presets.at(-1)} for ${codec}`,
          },
        ]),
  ]
}

function checkFilms({ mp4, video }: ChunkProfile): FieldProblem[] {
  if (!Array.isArray(mp4)) return []
  return mp4.flatMap((name, index) => {
    const [, codec] = name.split('-')
    const isThere = codec === undefined || video.some((rung) => codecOf(rung) === codec)
    const message = `asks for ${codec}, which the ladder has not`
    return isThere ? [] : [{ field: `/mp4/${index}`, message }]
  })
}
