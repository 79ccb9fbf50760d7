import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, read, type Video } from '../../../api/client.ts'
import { useConfirm } from '../../../ui/confirm.tsx'
import { useTell } from '../../../ui/toasts.tsx'
import { countOf } from '../../../words/amounts.ts'
import { NameList } from './name-list.tsx'

export type BulkAction = 'cancel' | 'retry' | 'delete'

/** A video that could not be done, and why. */
export interface Refused {
  readonly id: string
  readonly name: string
  readonly reason: string
}

/** What was asked for, and what of it was refused. */
export interface BulkReport {
  readonly action: BulkAction
  readonly done: number
  readonly refused: readonly Refused[]
}

const words = {
  cancel: {
    title: 'Cancel',
    done: 'cancelled',
    text: 'The work on these videos stops. What was published before stays, and they can be retried.',
  },
  retry: { title: 'Retry', done: 'taken up again', text: '' },
  delete: {
    title: 'Delete',
    done: 'deleted',
    text: 'These videos go with their sources, all their files and their history. They cannot be brought back.',
  },
} as const

/** Videos of one call (the API takes no more). */
const batchSize = 100

/** Does the same with many videos, after asking, and tells what was refused. */
export function useBulk() {
  const queries = useQueryClient()
  const confirm = useConfirm()
  const tell = useTell()
  const [busy, setBusy] = useState<BulkAction | null>(null)
  const [report, setReport] = useState<BulkReport | null>(null)

  /** @returns what was refused; null when it was not done at all. */
  async function run(action: BulkAction, videos: readonly Video[]): Promise<BulkReport | null> {
    const { title, text, done } = words[action]
    const isSure =
      action === 'retry' ||
      (await confirm({
        title: `${title} ${countOf(videos.length, 'video')}?`,
        text: <NameList text={text} names={videos.map(({ name }) => name)} />,
        action: `${title} ${countOf(videos.length, 'video')}`,
      }))
    if (!isSure) return null
    setBusy(action)
    try {
      const outcome = await askInBatches(action, videos)
      if (outcome.refused.length > 0) setReport(outcome)
      else tell.good(`${countOf(outcome.done, 'video')} ${done}.`)
      await queries.invalidateQueries({ queryKey: ['videos'] })
      return outcome
    } catch (error) {
      tell.bad('That did not work.', error)
      return null
    } finally {
      setBusy(null)
    }
  }
  return { run, busy, report, closeReport: () => setReport(null) }
}

async function askInBatches(action: BulkAction, videos: readonly Video[]): Promise<BulkReport> {
  const names = new Map(videos.map(({ id, name }) => [id, name]))
  const ids = [...names.keys()]
  const refused: Refused[] = []
  for (let at = 0; at < ids.length; at += batchSize) {
    const body = { action, ids: ids.slice(at, at + batchSize) }
    const { results } = await read(client.POST('/api/v1/videos/bulk', { body }))
    for (const { id, success, error } of results) {
      if (!success) refused.push({ id, name: names.get(id) ?? id, reason: error ?? '' })
    }
  }
  return { action, done: ids.length - refused.length, refused }
}
