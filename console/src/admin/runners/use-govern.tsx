import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, read } from '../../api/client.ts'
import type { Refusals } from '../../ui/refusals.tsx'
import { useTell } from '../../ui/toasts.tsx'
import { countOf } from '../../words/amounts.ts'
import type { Runner } from './use-runners.ts'

export type Governing = 'enable' | 'drain' | 'disable' | 'remove'

/** What is to be done with which runners, and is asked about first. */
export interface Order {
  readonly action: Governing
  readonly runners: readonly Runner[]
}

export const done: Readonly<Record<Governing, string>> = {
  enable: 'gets work again',
  drain: 'gets nothing new',
  disable: 'gets nothing',
  remove: 'was removed',
}

/** Drains, disables, enables and removes runners, and tells what was refused (P-75). */
export function useGovern() {
  const queries = useQueryClient()
  const tell = useTell()
  const [order, setOrder] = useState<Order | null>(null)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState<Refusals | null>(null)

  async function carryOut({ action, runners }: Order): Promise<void> {
    setBusy(true)
    try {
      const refused = await govern({ action, runners }, action === 'enable' ? '' : reason)
      if (refused) setRefusals(refused)
      else tell.good(sayDone(action, runners))
      setOrder(null)
    } catch (error) {
      tell.bad('That did not work.', error)
    } finally {
      setBusy(false)
      await queries.invalidateQueries({ queryKey: ['fleet'] })
    }
  }
  return {
    order,
    reason,
    setReason,
    busy,
    refusals,
    closeRefusals: () => setRefusals(null),
    /** Does at once what harms nothing, and asks before the rest. */
    ask: (action: Governing, runners: readonly Runner[]) => {
      setReason('')
      if (action === 'enable') void carryOut({ action, runners })
      else setOrder({ action, runners })
    },
    carryOut,
    forget: () => setOrder(null),
  }
}

function sayDone(action: Governing, runners: readonly Runner[]): string {
  const [first] = runners
  if (runners.length === 1 && first) return `${first.name} ${done[action]}.`
  return `${countOf(runners.length, 'runner')}: ${action === 'enable' ? 'enabled' : action === 'drain' ? 'draining' : `${action}d`}.`
}

async function govern({ action, runners }: Order, reason: string): Promise<Refusals | null> {
  const names = new Map(runners.map(({ id, name }) => [String(id), name]))
  const body = {
    action,
    ids: runners.map(({ id }) => id),
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
  }
  const { results } = await read(client.POST('/api/v1/runners/bulk', { body }))
  const items = results.flatMap(({ id, success, error = '' }) =>
    success ? [] : [{ id, name: names.get(id) ?? id, reason: error }],
  )
  if (items.length === 0) return null
  return {
    title: `${countOf(items.length, 'runner')} did not obey`,
    text: `It was done with ${countOf(results.length - items.length, 'runner')}.`,
    items,
  }
}
