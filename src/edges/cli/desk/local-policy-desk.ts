import { userInfo } from 'node:os'
import { listPolicies } from '#policies/list.ts'
import { setPolicies } from '#policies/set.ts'
import { toTexts } from './fleet-desk.ts'
import { openLocalPlace } from './local-place.ts'
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

/** A container's user may have a number only. */
function nameUser(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? ''}`
  }
}
