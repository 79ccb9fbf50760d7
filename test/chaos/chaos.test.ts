import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { makeFolder } from '../support/files.ts'
import { runStorm } from './storm.ts'

test('Server, runners and database killed at random moments: every video is published once, whole, and nothing is left behind', async (t) => {
  const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`CHAOS_SEED=${seed}`)
  const folder = await makeFolder(t)
  const say = (line: string) => t.diagnostic(line)
  const faults = await runStorm({ seed, videos: 4, kills: 6, pauseMs: 1200, folder, say })
  assert.deepEqual(faults, [], `CHAOS_SEED=${seed}`)
})
