import { ReelmillError } from '#errors/reelmill-error.ts'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import { deleteUser } from '#people/delete-user.ts'
import { listKeys } from '#people/list-keys.ts'
import { getUser, listUsers } from '#people/list-users.ts'
import { generatePassword } from '#people/password.ts'
import { revokeKey } from '#people/revoke-key.ts'
import { updateUser } from '#people/update-user.ts'
import { toTexts } from './fleet-desk.ts'
import { openLocalPlace } from './local-place.ts'
import { findByName, type PeopleDesk } from './people-desk.ts'

/** The people and keys of this machine's own data, whether or not a server is running. */
export async function openLocalPeopleDesk(): Promise<PeopleDesk> {
  const place = await openLocalPlace()
  const { database } = place.opened
  const idOf = async (name: string): Promise<string> => {
    const user = findByName((await listUsers(database)).map(toTexts), name)
    if (!user) throw new ReelmillError('user_not_found', `There is no user ${name}.`)
    return user.id
  }
  return {
    createUser: async ({ password: given, ...named }) => {
      const password = given ?? generatePassword()
      const user = toTexts(await createUser(database, { ...named, password }))
      return given === undefined ? { ...user, password } : user
    },
    listUsers: async () => (await listUsers(database)).map(toTexts),
    updateUser: async (name, changes) => {
      const id = await idOf(name)
      await updateUser(database, id, changes)
      return toTexts(await getUser(database, id))
    },
    deleteUser: async (name) => deleteUser(database, await idOf(name)),
    createKey: async ({ user, expiresAt, ...key }) => {
      const userId = user === null ? null : await idOf(user)
      const expires = expiresAt === null ? null : new Date(expiresAt)
      return toTexts(await createKey(database, { ...key, userId, expiresAt: expires }))
    },
    listKeys: async () => (await listKeys(database, { revokedToo: true })).map(toTexts),
    revokeKey: (idOrKey) => revokeKey(database, idOrKey),
    close: place.opened.close,
  }
}
