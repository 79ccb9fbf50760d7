import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { getUser } from '#people/list-users.ts'
import type { Principal } from '#people/principal.ts'
import { csrfTokenOf } from '#people/session-token.ts'
import type { Access } from '../access/access.ts'
import type { Call } from '../access/principal-of.ts'
import { readSessionCookie } from '../access/session-cookie.ts'
import { nullable } from '../schemas.ts'
import { RoleName, ScopeName, User } from './schemas.ts'

/** Who calls, as pages and programs are told of themselves. */
export const Whoami = Type.Object({
  kind: Type.Enum(['machine', 'admin_key', 'api_key', 'user'], {
    description: 'machine: anybody on the machine of a server that has no users yet',
  }),
  role: RoleName,
  scopes: nullable(Type.Array(ScopeName)),
  user: nullable(User),
  csrfToken: nullable(
    Type.String({ description: 'For X-CSRF-Token, where a client sends no Origin' }),
  ),
})

/** What is told to whoever makes a call. */
export async function describeCaller(
  { database }: Parts,
  access: Access,
  { headers }: Call,
  { kind, role, scopes, userId }: Principal,
) {
  const token = kind === 'user' ? readSessionCookie(access, headers) : null
  return {
    ...{ kind, role, scopes },
    user: userId === null ? null : await getUser(database, userId),
    csrfToken: token === null ? null : csrfTokenOf(token),
  }
}
