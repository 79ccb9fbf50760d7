import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createKey } from '#people/create-key.ts'
import type { PolicyView } from '#policies/list.ts'
import type { PolicyChange } from '#policies/list-changes.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'

const adminKey = 'a-long-enough-key'
const { parts, url } = await openTestHttpServer({ after }, { adminKey })

async function call(method: string, path = '', body?: object, key = adminKey) {
  const response = await fetch(`${url}/api/v1/policies${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // Tests say what they expect.
  const answer = (await response.json()) as {
    policies: PolicyView[]
    changes: PolicyChange[]
    code: string
  }
  return { status: response.status, ...answer }
}

async function valueOf(key: string) {
  return (await call('GET')).policies.find((policy) => policy.key === key)?.value
}

test('policies are changed as true, false, numbers and words; null is the default again; all else is refused (U70, P-37)', async () => {
  for (const [given, value] of [
    [false, false],
    ['YES', true],
    [0, false],
    [null, true],
    ['no', false],
    [true, true],
  ] as const) {
    assert.equal((await call('PATCH', '', { exportEnabled: given })).status, 200)
    assert.equal(await valueOf('exportEnabled'), value, String(given))
  }
  assert.equal((await call('PATCH', '', { failureTolerance: 3, nodeTimeout: '60' })).status, 200)
  assert.deepEqual([await valueOf('failureTolerance'), await valueOf('nodeTimeout')], [3, 60])
  await call('PATCH', '', { failureTolerance: null })
  assert.equal(await valueOf('failureTolerance'), 5)
  for (const body of [
    { exportEnabled: 'on' },
    { nodeTimeout: -1 },
    { nodeTimeout: true },
    { nodeTimeout: 1.5 },
    { failureTolerance: 1001 },
    { exportEnabled: [1] },
  ]) {
    assert.equal((await call('PATCH', '', body)).status, 400, JSON.stringify(body))
  }
  assert.equal((await call('PATCH', '', { exportEnabled: 'on' })).code, 'policy_invalid')
  assert.equal((await call('PATCH', '', { unheardOf: 1 })).code, 'invalid_request')
})

test('who changed what and when is told; operators may look and not change (U70)', async () => {
  const wanted = { name: 'site', scopes: null, userId: null, expiresAt: null }
  const admin = await createKey(parts.database, { ...wanted, role: 'admin' })
  const operator = await createKey(parts.database, { ...wanted, role: 'operator' })
  await call('PATCH', '', { terminateAll: 'yes' }, admin.key)
  const { changes } = await call('GET', '/changes?limit=1', undefined, operator.key)
  const [latest] = changes
  assert.deepEqual(
    [latest?.key, latest?.from, latest?.to, latest?.by],
    ['terminateAll', false, true, 'key site'],
  )
  assert.equal((await call('PATCH', '', { terminateAll: 'no' }, operator.key)).status, 403)
  await call('PATCH', '', { terminateAll: 'no' })
})
