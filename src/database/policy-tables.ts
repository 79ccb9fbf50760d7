import type { Generated } from 'kysely'
import type { Timestamp } from './column-types.ts'

/** The names of the policies, as people and scripts write them. */
export type PolicyKey =
  | 'ingestEnabled'
  | 'transcodeEnabled'
  | 'exportEnabled'
  | 'terminateAll'
  | 'nodeTimeout'
  | 'verifyDuringIngest'
  | 'failureTolerance'

/** The tables about what operators turn while everything runs. */
export interface PolicyTables {
  policies: {
    key: PolicyKey
    /** As it was written; null: the default. A check lets no other value in. */
    value: string | null
    meaning: string
    updated_at: Timestamp
    updated_by: string | null
  }
  policy_changes: {
    id: Generated<number>
    key: PolicyKey
    old_value: string | null
    new_value: string | null
    changed_by: string
    changed_at: Timestamp
  }
}
