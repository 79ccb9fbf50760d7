import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { makeFolder } from '../../../test/support/files.ts'
import { openGrowingFile } from './growing-file.ts'

test('What fails is told by the key, never by where it is on the server (U142)', async (t) => {
  const folder = await makeFolder(t)
  const path = join(folder, 'short')
  await writeFile(path, 'abc')
  const isTold = (error: unknown) =>
    error instanceof ReelmillError && error.details['key'] === 'sources/1'
  await assert.rejects(openGrowingFile('sources/1', path, 10), isTold)
  await assert.rejects(openGrowingFile('sources/1', join(path, 'below'), 0), isTold)
  const file = await openGrowingFile('sources/1', path, 1)
  t.after(() => file.close())
  await assert.rejects(file.truncate(-1.5), isTold)
})
