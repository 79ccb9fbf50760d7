import type { FileJobType, StoryboardPayload } from '#jobs/file-payload.ts'

/** Whole files, each the work of one job: what a version is planned as by a profile of whole files. */
export interface WholeFilePlan {
  readonly kind: 'whole-files'
  readonly profile: string
  /** Whose file names, and whose master playlist, the output has (D-65; runner protocol 6.6). */
  readonly naming: 'marsha' | 'peertube'
  readonly hls: boolean
  readonly webVideos: boolean
  /** What the HLS files together must hold before the video may be shown: bits, 1 pictures, 2 sound. */
  readonly inputStreams: readonly (1 | 2)[]
  /** In the order in which their jobs are made; a parent stands before its children. */
  readonly renditions: readonly FileRendition[]
}

/** One job of a plan, and what must come out of it. */
export interface FileRendition {
  /** Unlike all others of the plan: "720p", "720p-web", "audio", "storyboard". */
  readonly name: string
  readonly type: FileJobType
  /** Short side in pixels; 0: sound alone, or no film at all. */
  readonly resolution: number
  /** Pixels as shown; null where there are none. */
  readonly width: number | null
  readonly height: number | null
  /** Frames per second; 0: sound alone, or no film at all. */
  readonly fps: number
  /** Place of the rendition that must be there first; null: none. */
  readonly parent: number | null
  /**
   * Place of the rendition whose file it is made from; null: the source itself, never an earlier
   * rendition of it (WD22). Only sound that was merged with a picture is made on from there.
   */
  readonly madeFrom: number | null
  /** Seconds by which it may be longer than the source, beside what encoders add. */
  readonly longerAtMostSeconds: number
  /** Lower first, over all waiting videos. */
  readonly priority: number
  /** False: the video is whole without it. */
  readonly required: boolean
  /** HLS: pictures and sound are in files of their own. */
  readonly separatedAudio: boolean
  readonly hasVideo: boolean
  readonly hasAudio: boolean
  /** Web videos of which only HLS is wanted are removed when this one is there. */
  readonly deleteWebVideoFiles: boolean
  /** Storyboards: how the tiles are laid out. */
  readonly sprites: StoryboardPayload['sprites'] | null
}
