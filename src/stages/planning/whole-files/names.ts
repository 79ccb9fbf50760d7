import type { WholeFilePlan } from './plan.ts'

type Naming = WholeFilePlan['naming']

/** What the names of one rendition's files are made from. */
export interface NameParts {
  readonly naming: Naming
  /** The base name that the video's creator gave; null: none. Only Marsha's names hold it. */
  readonly baseName: string | null
  /** Fresh for each rendition. */
  readonly uuid: string
  /** Short side in pixels; 0: sound alone. */
  readonly resolution: number
}

/** Names in the output folder of an HLS rendition (D-65; runner protocol 6.6). */
export function nameHlsFiles(parts: NameParts): { media: string; playlist: string } {
  const stem = nameStem(parts)
  return { media: `${stem}-fragmented.mp4`, playlist: `${stem}.m3u8` }
}

/** Name in the output folder of a web video. */
export function nameWebVideo(parts: NameParts): string {
  return `${nameStem(parts)}.mp4`
}

/**
 * Names of what is written anew with each rendition. PeerTube gives them new names each time, so
 * that nothing old is cached; Marsha's players know one name.
 */
export function nameHlsIndex(
  naming: Naming,
  uuid: string,
): { master: string; segmentHashes: string } {
  const before = naming === 'peertube' ? `${uuid}-` : ''
  return { master: `${before}master.m3u8`, segmentHashes: `${before}segments-sha256.json` }
}

function nameStem({ naming, baseName, uuid, resolution }: NameParts): string {
  const base = naming === 'marsha' ? (baseName ?? uuid) : uuid
  return `${base}-${resolution}`
}
