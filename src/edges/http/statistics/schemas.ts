import { Type } from 'typebox'
import { versionStates } from '#statistics/count-videos.ts'
import { openJobStates } from '#statistics/read-queue.ts'
import { nullable, VideoState } from '../schemas.ts'

export const Time = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })
const Seconds = Type.Number({ minimum: 0 })
const Bytes = Type.Integer({ minimum: 0 })

/** An object with a count for each of these. */
function countsOf<Name extends string>(names: readonly Name[]) {
  // Sound: there is an entry for each of them.
  const fields = Object.fromEntries(names.map((name) => [name, Count])) as Record<
    Name,
    typeof Count
  >
  return Type.Object(fields)
}

const counters = {
  completedJobs: Count,
  failedTries: Type.Integer({
    minimum: 0,
    description: 'Tries of jobs; others may have made them good',
  }),
  frames: Type.Integer({
    minimum: 0,
    description: 'Pictures of all renditions that runners encoded',
  }),
  publishedVideos: Count,
  publishedSeconds: Type.Number({ minimum: 0, description: 'Of film' }),
  failedVideos: Count,
}

const Counters = Type.Object(counters)

const Videos = Type.Object({
  total: Count,
  playable: Type.Integer({ minimum: 0, description: 'Published, or growing' }),
  byState: countsOf(versionStates),
})

const UnderWay = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  state: VideoState,
  pendingTranscode: Type.Integer({ minimum: 0, description: 'Jobs that are not over' }),
  pendingMove: Type.Integer({ minimum: 0, description: 'Results that are being put in place' }),
  processing: Type.Integer({ minimum: 0, description: 'Jobs in runners’ hands' }),
  completed: Count,
  runners: Type.Array(Type.String(), { description: 'Who works on it now' }),
})

const Jobs = Type.Object({
  active: Type.Integer({ minimum: 0, description: 'Jobs that are not over' }),
  byState: countsOf(openJobStates),
  pendingByType: Type.Record(Type.String(), Count),
  oldestWaitingAt: nullable(Time),
  oldestWaitingSeconds: nullable(Seconds),
})

const Runners = Type.Object({
  total: Count,
  online: Count,
  byState: countsOf(['active', 'draining', 'disabled', 'set_aside']),
  slots: Type.Integer({ minimum: 0, description: 'What the online ones can do at once' }),
  held: Type.Integer({ minimum: 0, description: 'Jobs in their hands' }),
  saturation: nullable(Type.Number({ minimum: 0, description: 'held / slots' })),
})

const Failures = Type.Object(
  {
    byCode: Type.Array(Type.Object({ code: Type.String(), count: Count })),
    recent: Type.Array(
      Type.Object({
        kind: Type.Enum(['video', 'try']),
        at: Time,
        code: Type.String(),
        message: Type.String(),
        videoId: Type.String({ format: 'uuid' }),
        videoName: Type.String(),
        jobUuid: nullable(Type.String({ format: 'uuid' })),
        jobLabel: nullable(Type.String()),
        runnerName: nullable(Type.String()),
      }),
    ),
  },
  { description: 'Of the last day' },
)

/** StoredBytes of statistics/read-stored.ts. */
export const StoredBytes = Type.Object({
  sources: Bytes,
  tracks: Type.Integer({ minimum: 0, description: 'Segments of CMAF tracks' }),
  wholeFiles: Bytes,
  extras: Type.Integer({ minimum: 0, description: 'Transcripts and storyboards' }),
  attachments: Bytes,
  total: Bytes,
})

/** Check of flow/health/check.ts. */
export const HealthCheck = Type.Object({
  name: Type.String(),
  state: Type.Enum(['well', 'warning', 'failing']),
  sentence: Type.String(),
})

/** How well it is, by the worst of the checks. */
export const HealthState = Type.Enum(['well', 'warning', 'failing'])

/** Statistics of statistics/read-statistics.ts, with the checks. */
export const StatisticsSchema = Type.Object({
  at: Time,
  health: Type.Object({ state: HealthState, checks: Type.Array(HealthCheck) }),
  videos: Videos,
  underWay: Type.Array(UnderWay),
  jobs: Jobs,
  runners: Runners,
  throughput: Type.Object({ hour: Counters, day: Counters }),
  failures: Failures,
  storedBytes: StoredBytes,
})

const gauge = nullable(Type.Number({ minimum: 0 }))

/** History of statistics/read-history.ts. */
export const HistorySchema = Type.Object({
  since: Time,
  until: Time,
  stepSeconds: Type.Integer(),
  points: Type.Array(
    Type.Object({
      at: Time,
      waitingJobs: gauge,
      waitingSeconds: gauge,
      heldJobs: gauge,
      onlineRunners: gauge,
      onlineSlots: gauge,
      videosUnderWay: gauge,
      sourceBytes: gauge,
      outputBytes: gauge,
      ...counters,
    }),
    { description: 'From the oldest to the newest; null while no server looked' },
  ),
})
