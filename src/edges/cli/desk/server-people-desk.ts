import { ReelmillError } from '#errors/reelmill-error.ts'
import { createCaller } from './call-server.ts'
import { findByName, type KeyItem, type PeopleDesk, type UserItem } from './people-desk.ts'

/** The people and keys of a server, through its API, with an administrator's key. */
export function openServerPeopleDesk(server: string, key: string | null): PeopleDesk {
  const call = createCaller(`${server.replace(/\/+$/, '')}/api/v1`, key)
  const listUsers = async () =>
    (await call<{ readonly users: readonly UserItem[] }>('GET', '/users')).users
  const idOf = async (name: string): Promise<string> => {
    const user = findByName(await listUsers(), name)
    if (!user) throw new ReelmillError('user_not_found', `There is no user ${name}.`)
    return user.id
  }
  return {
    createUser: (json) => call('POST', '/users', { json }),
    listUsers,
    updateUser: async (name, json) => call('PATCH', `/users/${await idOf(name)}`, { json }),
    deleteUser: async (name) => call<void>('DELETE', `/users/${await idOf(name)}`),
    createKey: async ({ user, ...fields }) => {
      const userId = user === null ? null : await idOf(user)
      return call('POST', '/keys', { json: { ...fields, userId } })
    },
    listKeys: async () =>
      (await call<{ readonly keys: readonly KeyItem[] }>('GET', '/keys?revoked=true')).keys,
    revokeKey: (id) => call<void>('DELETE', `/keys/${encodeURIComponent(id)}`),
    close: async () => undefined,
  }
}
