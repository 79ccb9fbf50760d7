import { listPolicies } from '#policies/list.ts'
import { setPolicies } from '#policies/set.ts'
import { toTexts } from './fleet-desk.ts'
import { openLocalPlace } from './local-place.ts'
import { nameUser } from './name-user.ts'
import type { PolicyDesk } from './policy-desk.ts'

/** The policies of this machine's own data; servers that run hear of changes from the database. */
export async function openLocalPolicyDesk(): Promise<PolicyDesk> {
  const { config, opened } = await openLocalPlace()
  const { database } = opened
  const list = async () => (await listPolicies(database, config)).map(toTexts)
  return {
    list,
    set: async (changes) => {
      await setPolicies(database, changes, `command line of ${nameUser()}`)
      return list()
    },
    close: opened.close,
  }
}
