import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Config } from '#config/config.ts'
import { buildHttpServer } from '#edges/http/server.ts'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { prefix } from '../../../test/support/protocol-server.ts'
import { runnerProtocol } from './runner-protocol.ts'

/** The address that a runner is known by which registers through a proxy that names 203.0.113.9. */
async function addressOf(
  t: { readonly after: (hook: () => Promise<void> | void) => void },
  settings: Partial<Config>,
): Promise<string | null> {
  const parts = await openTestParts(t, { adminKey: 'a-long-enough-key', ...settings })
  const app = await buildHttpServer(parts)
  await app.register(runnerProtocol(parts), { prefix })
  t.after(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { token: registrationToken } = await createRegistrationToken(parts.database)
  const response = await fetch(`${url}${prefix}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
    body: JSON.stringify({ registrationToken, name: 'far' }),
  })
  assert.equal(response.status, 200)
  const row = await parts.database.selectFrom('runners').select('ip').executeTakeFirstOrThrow()
  return row.ip
}

test('the address of a runner is what a trusted proxy says, and nobody else (D-62, WD15)', async (t) => {
  assert.equal(await addressOf(t, {}), '127.0.0.1')
  assert.equal(await addressOf(t, { trustedProxy: ['127.0.0.1'] }), '203.0.113.9')
})
