import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, read, type Schemas } from '../../api/client.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import type { Refusals } from '../../ui/refusals.tsx'
import { useTell } from '../../ui/toasts.tsx'
import { countOf } from '../../words/amounts.ts'

type Job = Pick<Schemas['RunnerJob'], 'uuid' | 'label' | 'videoName' | 'required'>
export type JobAction = 'cancel' | 'retry'

const done = { cancel: 'cancelled', retry: 'offered again' } as const

/** A job as sentences name it. */
export function nameOf({ label, videoName }: Pick<Job, 'label' | 'videoName'>): string {
  return `${label} of “${videoName}”`
}

/** Cancels jobs, after asking, or has them done again, and tells what was refused. */
export function useJobActions() {
  const queries = useQueryClient()
  const confirm = useConfirm()
  const tell = useTell()
  const [busy, setBusy] = useState<JobAction | null>(null)
  const [refusals, setRefusals] = useState<Refusals | null>(null)

  async function run(action: JobAction, jobs: readonly Job[]): Promise<void> {
    if (action === 'cancel' && !(await confirm(askToCancel(jobs)))) return
    setBusy(action)
    try {
      const refused = await act(action, jobs)
      if (refused) setRefusals(refused)
      else tell.good(`${countOf(jobs.length, 'job')} ${done[action]}.`)
    } catch (error) {
      tell.bad('That did not work.', error)
    } finally {
      setBusy(null)
      await queries.invalidateQueries({ queryKey: ['fleet'] })
    }
  }
  return { run, busy, refusals, closeRefusals: () => setRefusals(null) }
}

function askToCancel(jobs: readonly Job[]) {
  const [first] = jobs
  const isOne = jobs.length === 1 && first
  const needed = new Set(jobs.filter(({ required }) => required).map(({ videoName }) => videoName))
  const fails = isOne
    ? `“${first.videoName}” fails with it`
    : `${countOf(needed.size, 'video')} fail`
  return {
    title: isOne ? `Cancel ${nameOf(first)}?` : `Cancel ${countOf(jobs.length, 'job')}?`,
    text:
      needed.size === 0
        ? 'Nothing waits for it. It can be retried.'
        : `${fails}, because it cannot do without. A retry goes on with what is left to do.`,
    action: isOne ? 'Cancel the job' : `Cancel ${countOf(jobs.length, 'job')}`,
  }
}

/** @returns what was refused; null: nothing. */
async function act(action: JobAction, jobs: readonly Job[]): Promise<Refusals | null> {
  const names = new Map(jobs.map((job) => [job.uuid, nameOf(job)]))
  const body = { action, ids: [...names.keys()] }
  const { results } = await read(client.POST('/api/v1/runners/jobs/bulk', { body }))
  const items = results.flatMap(({ id, success, error = '' }) =>
    success ? [] : [{ id, name: names.get(id) ?? id, reason: error }],
  )
  if (items.length === 0) return null
  const doneCount = results.length - items.length
  return {
    title: `${countOf(items.length, 'job')} could not be ${done[action]}`,
    text:
      doneCount === 0
        ? 'Nothing has changed.'
        : `${countOf(doneCount, 'job')} ${doneCount === 1 ? 'was' : 'were'} ${done[action]}.`,
    items,
  }
}
