import { readPolicies } from '#policies/read.ts'
import type { Parts } from '../parts.ts'
import { isStepState } from '../states.ts'
import { gates } from './hold-step.ts'

/** Versions in one transaction. */
const batchSize = 100

/**
 * Enqueues the steps that waited for policies which are on again, the longest wait first. To be called
 * when a policy changed, and now and then for news that were lost; any number of servers may.
 */
export async function resumeHeldSteps(parts: Parts): Promise<void> {
  const policies = await readPolicies(parts.database, parts.config)
  const open = [...new Set(Object.values(gates))].filter((gate) => policies[gate])
  while (open.length > 0) {
    const resumed = await resumeBatch(parts, open)
    if (resumed < batchSize) return
  }
}

function resumeBatch(
  { database, queue }: Parts,
  open: readonly ('ingestEnabled' | 'exportEnabled')[],
): Promise<number> {
  return database.transaction().execute(async (tx) => {
    const held = await tx
      .selectFrom('versions')
      .select(['id', 'state'])
      .where('held_by', 'in', open)
      .orderBy('updated_at')
      .limit(batchSize)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const { id, state } of held) {
      await tx.updateTable('versions').set({ held_by: null }).where('id', '=', id).execute()
      if (isStepState(state)) await queue.enqueue(tx, state, { versionId: id })
    }
    return held.length
  })
}
