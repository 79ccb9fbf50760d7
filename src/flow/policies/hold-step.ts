import { notify } from '#database/notifications.ts'
import { readPolicies } from '#policies/read.ts'
import type { Parts } from '../parts.ts'
import type { StepState } from '../states.ts'
import type { Version } from '../version.ts'

/** The policy that must be on for a step to start (P-30, P-32). */
export const gates = {
  probing: 'ingestEnabled',
  planning: 'ingestEnabled',
  packaging: 'exportEnabled',
  publishing: 'exportEnabled',
} as const satisfies Readonly<Record<StepState, string>>

/**
 * Whether a step must wait for its policy. Then that is written into the version's row and nothing
 * else is left of the step: it holds no place in the queue, looks at nothing and uses up no try, until
 * `resumeHeldSteps` enqueues it again. What runs already is not asked, and finishes.
 */
export async function holdStep(
  parts: Parts,
  { id, video_id }: Pick<Version, 'id' | 'video_id'>,
  state: StepState,
): Promise<boolean> {
  const gate = gates[state]
  if ((await readPolicies(parts.database, parts.config))[gate]) return false
  return parts.database.transaction().execute(async (tx) => {
    // Who turns it on waits for this, so that the news of it come after the version waits.
    await tx.selectFrom('policies').select('key').where('key', '=', gate).forShare().execute()
    if ((await readPolicies(tx, parts.config))[gate]) return false
    await tx
      .updateTable('versions')
      .set({ held_by: gate })
      .where('id', '=', id)
      .where('state', '=', state)
      .execute()
    await notify(tx, 'video', { videoId: video_id })
    return true
  })
}
