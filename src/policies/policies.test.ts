import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase } from '../../test/support/database.ts'
import { listPolicies } from './list.ts'
import { listPolicyChanges } from './list-changes.ts'
import { type PolicyInput, parsePolicy } from './parse-value.ts'
import { readPolicies } from './read.ts'
import { setPolicies } from './set.ts'

const { database } = await createTestDatabase({ after })
const defaults = { runnerMaxFailure: 5 }

test('the seven policies have their names and defaults; failures are counted as the setting says (P-30 to P-36, U70)', async () => {
  assert.deepEqual(await readPolicies(database, defaults), {
    ingestEnabled: true,
    transcodeEnabled: true,
    exportEnabled: true,
    terminateAll: false,
    nodeTimeout: 900,
    verifyDuringIngest: false,
    failureTolerance: 5,
  })
})

test('switches take 1, true, yes, 0, false, no in any case, and nothing else (P-37)', () => {
  const on: PolicyInput[] = ['1', 'true', 'YES', 'True', true, 1]
  const off: PolicyInput[] = ['0', 'FALSE', 'no', 'No', false, 0]
  assert.deepEqual(new Set(on.map((word) => parsePolicy('ingestEnabled', word))), new Set(['1']))
  assert.deepEqual(new Set(off.map((word) => parsePolicy('ingestEnabled', word))), new Set(['0']))
  for (const word of ['on', 'off', 'y', '', ' 1', '2', 2, 'ja']) {
    assert.throws(() => parsePolicy('exportEnabled', word), { code: 'policy_invalid' })
  }
  for (const number of ['-1', '1.5', '', 'many', true, 1001]) {
    assert.throws(() => parsePolicy('failureTolerance', number), { code: 'policy_invalid' })
  }
  assert.equal(parsePolicy('nodeTimeout', '0300'), '300')
})

test('a plain UPDATE counts at once, in every accepted spelling; the database refuses all others (P-22, P-37)', async () => {
  const write = (key: string, value: string) =>
    sql`update policies set value = ${value} where key = ${key}`.execute(database)
  for (const [word, isOn] of [
    ['No', false],
    ['YES', true],
    ['False', false],
    ['1', true],
  ] as const) {
    await write('transcodeEnabled', word)
    assert.equal((await readPolicies(database, defaults)).transcodeEnabled, isOn, word)
  }
  await write('nodeTimeout', '60')
  assert.equal((await readPolicies(database, defaults)).nodeTimeout, 60)
  for (const [key, value] of [
    ['ingestEnabled', 'maybe'],
    ['ingestEnabled', ''],
    ['nodeTimeout', '-5'],
    ['nodeTimeout', 'long'],
    ['failureTolerance', '1001'],
  ] as const) {
    await assert.rejects(write(key, value), /policies_value_is_valid/, `${key} ${value}`)
  }
  const [latest] = await listPolicyChanges(database, 1)
  assert.equal(latest?.key, 'nodeTimeout')
  assert.match(latest?.by ?? '', /^database user /)
})

test('several change together or not at all; who did it is written down (U70)', async () => {
  await assert.rejects(
    setPolicies(database, { exportEnabled: 'no', failureTolerance: 'x' }, 'ada'),
    { code: 'policy_invalid' },
  )
  assert.equal((await readPolicies(database, defaults)).exportEnabled, true)
  await setPolicies(database, { exportEnabled: 'no', failureTolerance: 3 }, 'ada')
  const views = await listPolicies(database, defaults)
  const tolerance = views.find(({ key }) => key === 'failureTolerance')
  assert.deepEqual([tolerance?.value, tolerance?.default, tolerance?.updatedBy], [3, 5, 'ada'])
  const [newest, before] = await listPolicyChanges(database, 2)
  assert.deepEqual([newest?.key, newest?.from, newest?.to], ['failureTolerance', null, 3])
  assert.deepEqual([before?.key, before?.from, before?.to], ['exportEnabled', true, false])
  await setPolicies(database, { exportEnabled: null, failureTolerance: null }, 'ada')
  const { exportEnabled, failureTolerance } = await readPolicies(database, defaults)
  assert.deepEqual([exportEnabled, failureTolerance], [true, 5])
})
