import type { ProfileVersionView, ProfileView } from '#flow/profiles/profile-view.ts'
import { createCaller } from './call-server.ts'
import type { ProfileDesk } from './profile-desk.ts'

/** The profiles of a server, through its API, with an operator's key. */
export function openServerProfileDesk(server: string, key: string | null): ProfileDesk {
  const call = createCaller(`${server.replace(/\/+$/, '')}/api/v1/profiles`, key)
  const at = (name: string) => `/${encodeURIComponent(name)}`
  return {
    list: async () =>
      (await call<{ readonly profiles: readonly ProfileView[] }>('GET', '')).profiles,
    get: (name) => call('GET', at(name)),
    versions: async (name) => {
      const path = `${at(name)}/versions`
      return (await call<{ readonly versions: readonly ProfileVersionView[] }>('GET', path))
        .versions
    },
    save: (name, json) => call('PUT', at(name), { json }),
    delete: (name) => call<void>('DELETE', at(name)),
    close: async () => undefined,
  }
}
