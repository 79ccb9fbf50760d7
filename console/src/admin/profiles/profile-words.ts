import { codecNames } from './codec-words.ts'
import { type DraftValue, rungsOf } from './draft-value.ts'
import type { Profile } from './use-profiles.ts'

/** Where a profile comes from, in a word or two. */
export const originWords: Readonly<Record<Profile['origin'], string>> = {
  stored: 'saved here',
  folder: 'file of this installation',
  shipped: 'comes with Reelmill',
}

/** What a profile makes, in a line: "H.264 1080–234p, storyboard, MP4". */
export function describeProfile(profile: DraftValue | null): string {
  if (profile === null) return ''
  if ('wholeFiles' in profile) return 'Whole files, one job each'
  const rungs = rungsOf(profile)
  const extras = [
    profile['storyboard'] === true ? ['storyboard'] : [],
    profile['mp4'] === true || (Array.isArray(profile['mp4']) && profile['mp4'].length > 0)
      ? ['MP4']
      : [],
  ].flat()
  if (rungs.length === 0) return ['Sound alone', ...extras].join(', ')
  const byCodec = Map.groupBy(rungs, codecOf)
  const ladders = [...byCodec].map(
    ([codec, own]) => `${codecNames[codec] ?? codec} ${describeHeights(own)}`,
  )
  return [...ladders, ...extras].join(', ')
}

function describeHeights(rungs: readonly DraftValue[]): string {
  const heights = rungs.map(({ height }) => Number(height)).filter((height) => height > 0)
  const [least, most] = [Math.min(...heights), Math.max(...heights)]
  return least === most ? `${most}p` : `${most}–${least}p`
}

/** The same, of one that another wins over. */
export const hiddenWords: Readonly<Record<Profile['origin'], string>> = {
  stored: 'saved one',
  folder: 'file of this installation',
  shipped: 'one that comes with Reelmill',
}

/** The codec of a row; what is no text is none that anybody knows. */
export function codecOf({ codec }: DraftValue): string {
  return typeof codec === 'string' ? codec : 'h264'
}

const fieldNames: Readonly<Record<string, string>> = {
  video: 'Ladder',
  audio: 'Sound',
  maxrateKbps: 'cap',
  crf: 'quality',
  preset: 'speed',
  mp4: 'MP4s',
}

/** The field of a problem in words: "/video/0/crf" is "Ladder, row 1, quality". */
export function nameField(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `row ${Number(part) + 1}` : (fieldNames[part] ?? part)))
    .join(', ')
}
