import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeFolder } from '../../../../test/support/files.ts'
import { openWorkshop } from './workshop.ts'

/** Two pieces of work with the same result, each with a finished file. */
async function openTwo(t: TestContext, overwrite: boolean) {
  const parent = await makeFolder(t)
  const outputDir = join(parent, 'out')
  const open = async (name: string) => {
    const workshop = await openWorkshop(outputDir, overwrite)
    const folder = join(workshop.dataDir, 'made')
    await mkdir(folder)
    await writeFile(join(folder, 'by'), name)
    return { workshop, folder }
  }
  const read = () => readFile(join(outputDir, 'by'), 'utf8')
  return { first: await open('first'), second: await open('second'), read, parent }
}

test('Of two at once with the same result the later is refused and takes nothing away', async (t) => {
  const { first, second, read, parent } = await openTwo(t, false)
  await first.workshop.deliver(first.folder)
  await assert.rejects(second.workshop.deliver(second.folder), { code: 'invalid_request' })
  assert.equal(await read(), 'first')
  await Promise.all([first.workshop.remove(), second.workshop.remove()])
  assert.deepEqual(await readdir(parent), ['out'])
})

test('Who asked to replace the result replaces it', async (t) => {
  const { first, second, read } = await openTwo(t, true)
  await first.workshop.deliver(first.folder)
  await second.workshop.deliver(second.folder)
  assert.equal(await read(), 'second')
})

test('An empty folder is as good as none', async (t) => {
  const parent = await makeFolder(t)
  const outputDir = join(parent, 'out')
  await mkdir(outputDir)
  const workshop = await openWorkshop(outputDir, false)
  await mkdir(join(workshop.dataDir, 'made'))
  await workshop.deliver(join(workshop.dataDir, 'made'))
})
