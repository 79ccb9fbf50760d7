import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLogger } from '#config/log.ts'
import { startEmbedded } from '#database/embedded.ts'
import { makeFolder } from '../../../../test/support/files.ts'
import { removeAbandoned, workshopPrefix } from './remove-abandoned.ts'

const log = createLogger({ logLevel: 'silent' })

test('What a killed transcode left beside a result goes, with its database; what others work in stays', async (t) => {
  const parent = await makeFolder(t)
  const { pid: dead } = spawnSync('true')
  const abandoned = join(parent, `.reelmill-${dead}-Abc123`)
  const own = `${workshopPrefix()}Abc123`
  for (const name of [own, 'out', '.reelmill-x']) await mkdir(join(parent, name))
  await mkdir(abandoned)
  await writeFile(join(abandoned, 'half'), '')
  await startEmbedded({ dataDir: abandoned, log, durable: false }).then(({ stop }) => stop())
  await removeAbandoned(parent, log)
  assert.deepEqual((await readdir(parent)).toSorted(), [own, '.reelmill-x', 'out'].toSorted())
})
