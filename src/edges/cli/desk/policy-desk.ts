import type { PolicyView } from '#policies/list.ts'
import type { PolicyChanges } from '#policies/set.ts'
import type { Texts } from './fleet-desk.ts'

export type PolicyItem = Texts<PolicyView>

/** The policies of this machine's data or of a server. */
export interface PolicyDesk {
  list(): Promise<readonly PolicyItem[]>
  /** All of them as they are then. Fails with `policy_invalid`. */
  set(changes: PolicyChanges): Promise<readonly PolicyItem[]>
  close(): Promise<void>
}
