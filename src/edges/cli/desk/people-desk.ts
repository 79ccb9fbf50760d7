import type { NewKey } from '#people/create-key.ts'
import type { KeyView } from '#people/key-view.ts'
import type { UserChanges } from '#people/update-user.ts'
import type { UserView } from '#people/user-view.ts'
import type { Texts } from './fleet-desk.ts'

export type UserItem = Texts<UserView>
export type KeyItem = Texts<KeyView>
export type NewKeyItem = Omit<Texts<NewKey>, 'userId'> & { readonly user: string | null }

/** A user to be made; without a password one is made. */
export interface NewUserItem {
  readonly name: string
  readonly role: UserItem['role']
  readonly password?: string | undefined
}

/** People and keys, of this machine's data or of a server. Users are given by their names. */
export interface PeopleDesk {
  /** With the password where it was made here. */
  createUser(user: NewUserItem): Promise<UserItem & { readonly password?: string }>
  listUsers(): Promise<readonly UserItem[]>
  /** These fail with `user_not_found`, and with `last_admin` where nobody would govern any more. */
  updateUser(name: string, changes: UserChanges): Promise<UserItem>
  deleteUser(name: string): Promise<void>
  createKey(key: NewKeyItem): Promise<KeyItem & { readonly key: string }>
  /** Ended ones too. */
  listKeys(): Promise<readonly KeyItem[]>
  /** By its id; on this machine's data also by the key itself. */
  revokeKey(idOrKey: string): Promise<void>
  close(): Promise<void>
}

/** The user of that name, or of that id. */
export function findByName(users: readonly UserItem[], name: string): UserItem | undefined {
  const wanted = name.toLowerCase()
  return users.find((user) => user.name.toLowerCase() === wanted || user.id === wanted)
}
