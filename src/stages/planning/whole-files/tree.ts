import type { FileJobType } from '#jobs/file-payload.ts'
import type { Film } from './film.ts'
import type { WholeFileOptions } from './options.ts'
import type { ChosenResolutions } from './resolutions.ts'

/** A file that is wanted, before its details are worked out. */
export interface Wanted {
  readonly type: FileJobType
  /** Short side in pixels; 0: sound alone. */
  readonly resolution: number
  /** Place of the one that must be there first. */
  readonly parent: number | null
  readonly required: boolean
  readonly separatedAudio?: boolean
  readonly deleteWebVideoFiles?: boolean
}

const hls: FileJobType = 'vod-hls-transcoding'
const webVideo: FileJobType = 'vod-web-video-transcoding'

/** Sound alone (D-44): one file of each wanted kind. */
export function planSoundTree(options: WholeFileOptions): Wanted[] {
  return hang(listTypes(options).map((type) => ({ type, resolution: 0 })))
}

/**
 * The largest first; everything else waits for it (D-41). Sound in a file of its own comes right
 * after it.
 */
export function planMarshaTree(
  film: Film,
  { top, lower }: ChosenResolutions,
  options: WholeFileOptions,
): Wanted[] {
  const separatedAudio = options.hls && options.splitAudio && film.hasAudio
  const types = listTypes(options)
  const make = (resolution: number) => types.map((type) => ({ type, resolution, separatedAudio }))
  const sound = separatedAudio ? [{ type: hls, resolution: 0, separatedAudio } as const] : []
  return hang([...make(top), ...sound, ...lower.flatMap(make)])
}

function listTypes({ hls: isHls, webVideos }: WholeFileOptions): FileJobType[] {
  return [...(isHls ? [hls] : []), ...(webVideos ? [webVideo] : [])]
}

function hang(files: readonly Omit<Wanted, 'parent' | 'required'>[]): Wanted[] {
  return files.map((file, index) => ({ ...file, parent: index === 0 ? null : 0, required: true }))
}

/**
 * One web video of the largest size first, whatever is wanted: all others are made from the source
 * after it, the HLS file of a lower resolution after its web video (runner protocol 6.2).
 */
export function planPeertubeTree(
  film: Film,
  { top, lower }: ChosenResolutions,
  options: WholeFileOptions,
): Wanted[] {
  const separatedAudio = options.splitAudio && film.hasAudio
  const type = film.isMerged ? 'vod-audio-merge-transcoding' : webVideo
  const tree: Wanted[] = [{ type, resolution: top, parent: null, required: true }]
  if (options.hls) {
    const first = { type: hls, parent: 0, required: true, separatedAudio }
    // A merged film stays: the lower resolutions are made from it.
    const deleteWebVideoFiles = !options.webVideos && !film.isMerged
    tree.push({ ...first, resolution: top, deleteWebVideoFiles })
    if (separatedAudio) tree.push({ ...first, resolution: 0 })
  }
  for (const resolution of film.hasAudio ? lower : lower.filter((each) => each > 0)) {
    addLower(tree, { resolution, separatedAudio }, options)
  }
  return tree
}

function addLower(
  tree: Wanted[],
  { resolution, separatedAudio }: { resolution: number; separatedAudio: boolean },
  options: WholeFileOptions,
): void {
  const lower = { resolution, required: false }
  const parent = options.webVideos ? tree.push({ ...lower, type: webVideo, parent: 0 }) - 1 : 0
  const isMade = resolution === 0 && separatedAudio
  if (options.hls && !isMade) tree.push({ ...lower, type: hls, parent, separatedAudio })
}
