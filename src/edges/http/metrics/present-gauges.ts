import { Gauge, Registry } from 'prom-client'
import { type Check, checkStates } from '#flow/health/check.ts'
import type { Gauges } from '#statistics/read-gauges.ts'

type Labels = Readonly<Record<string, string>>
type Value = readonly [labels: Labels, value: number]

/**
 * How things stand, as Prometheus wants it. Made anew each time, so that a runner or a type of jobs
 * that is gone is gone here too.
 */
export function presentGauges(gauges: Gauges, checks: readonly Check[]): Registry {
  const { videos, openJobs, oldestWaitingSeconds, runners, lastContacts, lastHour } = gauges
  const { total: _total, ...storedBytes } = gauges.storedBytes
  const registry = new Registry()
  const add = (name: string, help: string, values: readonly Value[]): void => {
    const labelNames = Object.keys(values[0]?.[0] ?? {})
    const gauge = new Gauge({ name: `reelmill_${name}`, help, labelNames, registers: [registry] })
    for (const [labels, value] of values) gauge.set(labels, value)
  }
  add('videos', 'Videos by the state of their latest version.', labelled('state', videos.byState))
  add('videos_playable', 'Videos that can be watched, growing ones included.', [
    [{}, videos.playable],
  ])
  add(
    'open_jobs',
    "Runners' jobs that are not over, and those that failed for good.",
    openJobs.map(({ type, state, count }) => [{ type, state }, count]),
  )
  add('oldest_waiting_job_seconds', 'How long the first of the waiting jobs has waited.', [
    [{}, oldestWaitingSeconds ?? 0],
  ])
  add('runners', 'Runners by state.', labelled('state', runners.byState))
  add('runners_online', 'Runners that are there.', [[{}, runners.online]])
  add('runner_slots', 'Jobs that the runners which are there can do at once.', [
    [{}, runners.slots],
  ])
  add('runner_held_jobs', 'Jobs in their hands.', [[{}, runners.held]])
  add(
    'runner_seconds_since_last_contact',
    'How long a runner has been silent.',
    lastContacts.map(({ name, seconds }) => [{ runner: name }, seconds]),
  )
  add('done_in_last_hour', 'What was done in the last hour.', labelled('what', { ...lastHour }))
  add('stored_bytes', 'What is kept for videos.', labelled('kind', storedBytes))
  add(
    'health',
    'What the server finds of itself: 0 well, 1 warning, 2 failing.',
    checks.map(({ name, state }) => [{ check: name }, checkStates.indexOf(state)]),
  )
  return registry
}

function labelled(label: string, values: Readonly<Record<string, number>>): Value[] {
  return Object.entries(values).map(([name, value]) => [{ [label]: name }, value])
}
