import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '#database/people-tables.ts'
import type { Principal } from './principal.ts'
import {
  type Owned,
  requireChangeable,
  requireRole,
  requireScope,
  requireVisible,
} from './rights.ts'

const me = '00000000-0000-4000-8000-000000000001'
const other = '00000000-0000-4000-8000-000000000002'

function principal(role: Role, more: Partial<Principal> = {}): Principal {
  return { kind: 'user', userId: me, role, scopes: null, label: 'me', ...more }
}

/** The code of the refusal, or "ok". */
function outcome(act: () => void): string {
  try {
    act()
    return 'ok'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const videos: Readonly<Record<string, Owned>> = {
  mine: { ownerId: me, visibility: 'private' },
  public: { ownerId: other, visibility: 'public' },
  private: { ownerId: other, visibility: 'private' },
  nobodys: { ownerId: null, visibility: 'private' },
}

test('who may see and change whose videos (U111, M-29, WC5)', () => {
  const table = Object.fromEntries(
    (['viewer', 'uploader', 'operator', 'admin'] as const).map((role) => [
      role,
      Object.values(videos).map((video) =>
        [requireVisible, requireChangeable]
          .map((check) => outcome(() => check(principal(role), video)))
          .join(' '),
      ),
    ]),
  )
  const hidden = 'video_not_found video_not_found'
  assert.deepEqual(table, {
    viewer: ['ok forbidden', 'ok forbidden', hidden, hidden],
    uploader: ['ok ok', 'ok forbidden', hidden, hidden],
    operator: ['ok ok', 'ok ok', 'ok ok', 'ok ok'],
    admin: ['ok ok', 'ok ok', 'ok ok', 'ok ok'],
  })
})

test('A stranger sees what is public; nobody owns what is nobody’s', () => {
  const nobody = principal('uploader', { userId: null })
  for (const who of [null, nobody]) {
    assert.deepEqual(
      Object.values(videos).map((video) => outcome(() => requireVisible(who, video))),
      ['video_not_found', 'ok', 'video_not_found', 'video_not_found'],
    )
  }
})

test('Roles are ranks, and scopes limit them (U111)', () => {
  assert.equal(
    outcome(() => requireRole(principal('operator'), 'uploader')),
    'ok',
  )
  assert.equal(
    outcome(() => requireRole(principal('uploader'), 'operator')),
    'forbidden',
  )
  const limited = principal('admin', { scopes: ['videos:read'] })
  assert.equal(
    outcome(() => requireScope(limited, 'videos:read')),
    'ok',
  )
  assert.equal(
    outcome(() => requireScope(limited, null)),
    'forbidden',
  )
  assert.equal(
    outcome(() => requireScope(principal('viewer'), null)),
    'ok',
  )
})
