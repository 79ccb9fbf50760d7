import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openSite } from '../journeys/site.ts'
import { makeClip } from '../support/clip.ts'
import { noBrowser, openVisitor } from './browser.ts'

/** The value of a figure, once it is another than it was. */
async function figure(page: Page, name: string): Promise<string> {
  const place = page.locator('dl > div', { has: page.getByText(name, { exact: true }) })
  return (await place.locator('dd').first().textContent()) ?? ''
}

test('The dashboard says that all is well, and its figures change while a video is encoded (P-71, D-92, U101, U122)', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir } = await openSite(t)
  const clip = await makeClip({ folder: dataDir, seconds: 4 })
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console')
  await page.getByText('All is well.').waitFor()
  await page.getByText('Nothing is being worked on.').waitFor()
  assert.equal(await figure(page, 'Active jobs'), '0')
  assert.equal(await figure(page, 'Runners online'), '1 of 1')
  assert.equal(await figure(page, 'Published in 1 h'), '0 s')
  const id = await server.create(clip)
  const row = page.getByRole('table', { name: 'Videos that are worked on' }).getByRole('row')
  await row.getByRole('link', { name: 'clip' }).waitFor()
  await server.settled(id)
  await page.getByText('Nothing is being worked on.').waitFor()
  await page.locator('dd', { hasText: '4.0 s' }).waitFor()
  await page.getByText('1 playable').waitFor()
  await writeFile(join(dataDir, 'broken.mp4'), 'no film at all')
  const broken = await server.create(join(dataDir, 'broken.mp4'))
  await server.settled(broken)
  await page.getByText('1 video failed in the last hour.').waitFor()
  const failures = page.locator('section', { hasText: 'Failures of the last day' })
  await failures.getByRole('link', { name: 'broken' }).waitFor()
  assert.equal(
    await page.getByRole('link', { name: 'Failed videos' }).getAttribute('href'),
    '/console/videos?state=failed',
  )
  assert.deepEqual(complaints, [])
})

test('What is shown stays while updates are paused, and is true again when they go on (P-70)', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir } = await openSite(t, { env: { RUNNERS: '0' } })
  await writeFile(join(dataDir, 'broken.mp4'), 'no film at all')
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console')
  await page.getByRole('heading', { name: '0 videos' }).waitFor()
  await page.getByRole('button', { name: 'Pause updates' }).click()
  await page.getByText('Updates are paused.').waitFor()
  await server.settled(await server.create(join(dataDir, 'broken.mp4')))
  assert.equal(await page.getByRole('heading', { name: '0 videos' }).count(), 1)
  await page.getByRole('button', { name: 'Go on updating' }).click()
  await page.getByRole('heading', { name: '1 video' }).waitFor()
  assert.equal(await page.getByText('Updates are paused.').count(), 0)
  assert.deepEqual(complaints, [])
})

test('Charts show another range, hold it in the address, and give their values as a table', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: { RUNNERS: '0' } })
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console')
  await page.getByText('No runner is online: nothing could be encoded.').waitFor()
  await page.getByRole('radio', { name: '1 h', exact: true }).check()
  await page.waitForURL('**/console?range=1h')
  const chart = page.getByRole('figure', { name: 'Jobs', exact: true })
  await chart.locator('canvas').waitFor()
  await chart.getByText('As a table').click()
  const rows = chart.getByRole('table').getByRole('row')
  await rows.nth(50).waitFor()
  assert.deepEqual(complaints, [])
})

test('Orphans are looked for, told, and removed after a question (U16); settings are found by a word', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir } = await openSite(t, { env: { RUNNERS: '0' } })
  const folder = join(dataDir, 'storage', 'videos', randomUUID(), '1')
  const orphan = join(folder, 'old.m4s')
  await mkdir(dirname(orphan), { recursive: true })
  await writeFile(orphan, 'nobody has this')
  await utimes(orphan, 0, 0)
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console/system')
  await page.getByRole('button', { name: 'Look for orphans' }).click()
  await page.getByText('1 orphan of 15 B found.').waitFor()
  // What was found is of the age that was looked for; of another age it is not offered.
  await page.getByLabel('Older than').selectOption('an hour')
  await page.getByRole('button', { name: 'Remove 1 orphan' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Look for orphans' }).click()
  await page.getByRole('button', { name: 'Remove 1 orphan' }).click()
  const question = page.getByRole('dialog', { name: 'Remove 1 orphan?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  assert.deepEqual(await readdir(folder), ['old.m4s'])
  await page.getByRole('button', { name: 'Remove 1 orphan' }).click()
  await question.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('1 orphan of 15 B removed.').waitFor()
  await assert.rejects(readdir(folder))
  await page.getByLabel('Search the settings').fill('listens tcp')
  await page.getByText('No setting fits.').waitFor()
  await page.getByLabel('Search the settings').fill('address listens')
  await page.getByRole('cell', { name: 'HOST', exact: true }).waitFor()
  assert.deepEqual(complaints, [])
})
