import type { MappedJob } from './chunk-map.ts'
import type { MapJobRow } from './job-rows.ts'

/** How much of the timeline a job encodes, where that is known. */
interface Extent {
  readonly seconds: number | null
}

/** A job's row as the map shows it. */
export function toMappedJob(row: MapJobRow, { seconds }: Extent): MappedJob {
  const { uuid, type, label, state, renditions, runner, failures, progress, cpuSeconds } = row
  const { errorCode: code, errorMessage: message, wallSeconds } = row
  return {
    ...{
      uuid,
      type,
      label,
      state,
      renditions,
      runner,
      failures,
      progress,
      wallSeconds,
      cpuSeconds,
    },
    error: code === null ? null : { code, message: message ?? '' },
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    speed: speedOf(row, seconds),
  }
}

/** Below a tenth of a second, times say more about calls than about encoding. */
const shortestSeconds = 0.1

function speedOf({ state, progress, wallSeconds }: MapJobRow, seconds: number | null) {
  if (seconds === null || wallSeconds === null || wallSeconds < shortestSeconds) return null
  if (state === 'completed') return seconds / wallSeconds
  return state === 'processing' && progress > 0 ? (seconds * progress) / wallSeconds : null
}
