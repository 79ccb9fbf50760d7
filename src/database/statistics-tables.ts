import type { Generated } from 'kysely'
import type { JsonWithDefault, Timestamp } from './column-types.ts'

/** What happened in some time. */
interface Counters {
  completed_jobs: Generated<number>
  failed_tries: Generated<number>
  /** Pictures of all renditions. */
  frames: Generated<number>
  published_videos: Generated<number>
  /** Of film. */
  published_seconds: Generated<number>
  failed_videos: Generated<number>
}

/** The tables of figures over time, and of the servers themselves. */
export interface StatisticsTables {
  /** Written by triggers, gathered into `samples` every minute. */
  tallies: Counters & { at: Timestamp }
  samples: Counters & {
    at: Date
    /** 60 or 3600. */
    span_seconds: number
    waiting_jobs: number | null
    waiting_seconds: number | null
    held_jobs: number | null
    online_runners: number | null
    online_slots: number | null
    videos_under_way: number | null
    source_bytes: number | null
    output_bytes: number | null
  }
  servers: {
    id: string
    host: string
    pid: number
    url: string
    version: string
    node_version: string
    started_at: Timestamp
    seen_at: Timestamp
  }
  sweeps: {
    kind: string
    finished_at: Timestamp
    error: string | null
    facts: JsonWithDefault<Record<string, unknown>>
  }
}
