import type { JobState, VersionState } from '#database/tables.ts'

/**
 * Every chunk of a version with the jobs that encode it: what an operator looks at to see how far a
 * video is, and why it is not further.
 */
export interface ChunkMap {
  readonly version: number
  readonly state: VersionState
  /** Changes whenever there are other chunks or other jobs: what was read before is then worthless. */
  readonly layout: string
  /** To be given back as `since`, for what changed after this. */
  readonly next: string
  /** False: `chunks`, `sound` and `other` hold only what changed since then. */
  readonly complete: boolean
  /** Seconds of the timeline; null before planning, and where only decoding will tell. */
  readonly durationSeconds: number | null
  readonly renditions: readonly MappedRendition[]
  /** In the order of the timeline. */
  readonly chunks: readonly MappedChunk[]
  /** Jobs of the sound, which is encoded whole. */
  readonly sound: readonly MappedJob[]
  /** Jobs of neither: whole files, storyboards, transcripts, edits. */
  readonly other: readonly MappedJob[]
  readonly totals: MapTotals
}

/** A column of the map. */
export interface MappedRendition {
  readonly name: string
  readonly kind: 'video' | 'audio'
  /** Pixels; null for sound. */
  readonly width: number | null
  readonly height: number | null
  /**
   * Of the jobs that are completed. What one job spent on several renditions is shared out by their
   * pixels, since they come from one decode; null until there is any.
   */
  readonly cpuSeconds: number | null
}

/** A run of whole segments of the timeline. */
export interface MappedChunk {
  /** From 0. */
  readonly index: number
  readonly firstFrame: number
  /** null: to wherever the source ends. */
  readonly lastFrame: number | null
  readonly startSeconds: number
  readonly endSeconds: number | null
  readonly firstSegment: number
  /** Segments that it holds of each rendition; null as `lastFrame`. */
  readonly segments: number | null
  /** Segments that are there and checked, by rendition; none of those without any. */
  readonly done: Readonly<Record<string, number>>
  readonly jobs: readonly MappedJob[]
}

/** A job as the map shows it. */
export interface MappedJob {
  readonly uuid: string
  readonly type: string
  readonly label: string
  readonly state: JobState
  /** Names of what it encodes. */
  readonly renditions: readonly string[]
  /** Who has it, or had it last. */
  readonly runner: string | null
  /** Failed tries. */
  readonly failures: number
  /** Why it was given up. */
  readonly error: { readonly code: string; readonly message: string } | null
  /** 0 to 1. */
  readonly progress: number
  /** Of the present or last try. */
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** How long that try took, or has taken so far. */
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
  /** Seconds of video encoded per second; null where it is not known. */
  readonly speed: number | null
}

/** The whole version in figures. */
export interface MapTotals {
  readonly chunks: number
  /** Chunks all of whose jobs are completed. */
  readonly chunksDone: number
  readonly jobs: Readonly<Partial<Record<JobState, number>>>
  /** Failed tries of all jobs. */
  readonly failures: number
  readonly cpuSeconds: number
  /** From the first job's start to the last one's end, or until now. */
  readonly wallSeconds: number | null
}
