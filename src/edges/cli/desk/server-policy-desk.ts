import { createCaller } from './call-server.ts'
import type { PolicyDesk, PolicyItem } from './policy-desk.ts'

/** The policies of a server, through its API. */
export function openServerPolicyDesk(server: string, key: string | null): PolicyDesk {
  const call = createCaller(`${server.replace(/\/+$/, '')}/api/v1/policies`, key)
  const read = async (method: string, extras = {}) =>
    (await call<{ readonly policies: readonly PolicyItem[] }>(method, '', extras)).policies
  return {
    list: () => read('GET'),
    set: (json) => read('PATCH', { json }),
    close: async () => undefined,
  }
}
