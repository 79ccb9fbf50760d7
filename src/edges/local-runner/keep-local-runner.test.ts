import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLogger } from '#config/log.ts'
import { startProtocolServer } from '../../../test/support/protocol-server.ts'
import { keepLocalRunner } from './keep-local-runner.ts'

test('what a local runner held is taken back each time that it ends by itself', async (t) => {
  const server = await startProtocolServer(t)
  const scratchDir = await mkdtemp(join(tmpdir(), 'reelmill-test-'))
  t.after(() => rm(scratchDir, { recursive: true, force: true }))
  const lost = Promise.withResolvers<void>()
  const stop = keepLocalRunner({
    name: 'local-1',
    serverUrl: server.url,
    // Which the server does not know: the runner gives up.
    runnerToken: 'ptrt-00000000-0000-4000-8000-000000000000',
    slots: 1,
    scratchDir,
    log: createLogger({ logLevel: 'silent' }),
    untilWanted: async () => undefined,
    onLost: async () => {
      lost.resolve()
      throw new Error('the database is away')
    },
  })
  t.after(stop)
  await lost.promise
  await assert.doesNotReject(stop())
})
