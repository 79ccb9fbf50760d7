import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, read, type Video } from '../../../api/client.ts'
import { useConfirm } from '../../../ui/confirm.tsx'
import type { Refusals } from '../../../ui/refusals.tsx'
import { useTell } from '../../../ui/toasts.tsx'
import { countOf } from '../../../words/amounts.ts'
import { askInBatches, type BulkAction, type BulkReport } from './bulk-batches.ts'
import { NameList } from './name-list.tsx'

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

/** Does the same with many videos, after asking, and tells what was refused. */
export function useBulk() {
  const queries = useQueryClient()
  const confirm = useConfirm()
  const tell = useTell()
  const [busy, setBusy] = useState<BulkAction | null>(null)
  const [refusals, setRefusals] = useState<Refusals | null>(null)

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
      const outcome = await askInBatches(action, videos, (body) =>
        read(client.POST('/api/v1/videos/bulk', { body })),
      )
      if (outcome.refused.length > 0) setRefusals(describe(outcome))
      else tell.good(`${countOf(outcome.done, 'video')} ${done}.`)
      return outcome
    } catch (error) {
      tell.bad('That did not work.', error)
      return null
    } finally {
      // Whatever it answered, it may have been done.
      await queries.invalidateQueries({ queryKey: ['videos'] })
      setBusy(null)
    }
  }
  return { run, busy, refusals, closeRefusals: () => setRefusals(null) }
}

function describe({ action, done: count, refused }: BulkReport): Refusals {
  const { done } = words[action]
  const text =
    count > 0
      ? `${countOf(count, 'video')} ${count === 1 ? 'was' : 'were'} ${done}. The others stay chosen.`
      : 'Nothing has changed.'
  return {
    title: `${countOf(refused.length, 'video')} could not be ${done}`,
    text,
    items: refused,
  }
}
