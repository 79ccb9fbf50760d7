import { Type } from 'typebox'
import type { KeyView } from '#people/key-view.ts'
import { passwordLength } from '#people/password.ts'
import { roles } from '#people/principal.ts'
import { scopes } from '#people/scopes.ts'
import { nullable } from '../schemas.ts'

const Time = Type.Unsafe<Date>(Type.String({ format: 'date-time' }))

export const RoleName = Type.Enum([...roles], {
  description:
    'viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too',
})

/** Begins and ends with something to be seen; no line breaks or other controls. */
export const UserName = Type.String({
  pattern: '^[^\\s\\p{C}]([^\\p{C}]{0,98}[^\\s\\p{C}])?$',
  description: 'Told apart without regard to case',
})

export const Password = Type.String({
  minLength: passwordLength.least,
  maxLength: passwordLength.most,
})

/** What somebody types: whatever it is, it is compared. */
export const TypedText = Type.String({ minLength: 1, maxLength: passwordLength.most })

export const ScopeName = Type.Enum([...scopes])

/** UserView of people/user-view.ts. */
export const User = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  role: RoleName,
  disabledAt: nullable(Time),
  createdAt: Time,
  updatedAt: Time,
})

const key = {
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  hint: Type.String({ description: 'The last characters of the key' }),
  role: RoleName,
  scopes: nullable(Type.Array(ScopeName)),
  userId: nullable(Type.String({ format: 'uuid' })),
  expiresAt: nullable(Time),
  lastUsedAt: nullable(Time),
  revokedAt: nullable(Time),
  createdAt: Time,
}

/** KeyView of people/key-view.ts. */
export const Key = Type.Unsafe<KeyView>(Type.Object(key))

export const CreatedKey = Type.Unsafe<KeyView & { readonly key: string }>(
  Type.Object({ ...key, key: Type.String({ description: 'Shown only now' }) }),
)

export const IdParams = Type.Object({ id: Type.String() })
