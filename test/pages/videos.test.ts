import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { openSite } from '../journeys/site.ts'
import { makeClip } from '../support/clip.ts'
import { noBrowser, openVisitor } from './browser.ts'

async function openConsole(t: TestContext, env: Record<string, string> = {}) {
  const site = await openSite(t, { env })
  return { ...site, ...(await openVisitor(t, site.server.url)) }
}

/** What a page asks of a video in the moment when it is deleted is answered 404, and browsers log that. */
function apartFromGone(complaints: readonly string[], id: string): readonly string[] {
  return complaints.filter((line) => !(line.includes('404') && line.includes(`/videos/${id}`)))
}

/** A film whose header is right and whose pictures are noise: looking into it fails, with a log. */
async function makeHollowClip(folder: string): Promise<string> {
  const path = await makeClip({ folder, name: 'hollow.mp4', seconds: 1, sound: false })
  const bytes = await readFile(path)
  const at = bytes.indexOf('mdat')
  bytes.fill(0xa5, at + 4, at - 4 + bytes.readUInt32BE(at - 4))
  await writeFile(path, bytes)
  return path
}

test('The chunk map fills while a video is encoded, and tells of each chunk who encodes it (P-71, P-72, U101, U122)', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir, page, complaints } = await openConsole(t)
  const clip = await makeClip({ folder: dataDir, seconds: 6 })
  await page.goto('/console/videos')
  await page.getByText('There is no video yet.').waitFor()
  const id = await server.create(clip)
  await page.getByRole('link', { name: 'clip' }).click()
  // What is drawn from here on came by itself: nothing is loaded again.
  await page.evaluate(() => Object.assign(globalThis, { isStill: true }))
  const map = page.getByRole('listbox', { name: /^Chunks/ })
  await map
    .getByRole('option', { name: /: (Waiting|Encoding)/ })
    .first()
    .waitFor()
  await map
    .getByRole('option', { name: /: Done/ })
    .first()
    .waitFor()
  await page.getByRole('heading', { level: 1 }).getByText('Published').waitFor()
  await map
    .getByRole('option', { name: /: (?!Done)/ })
    .first()
    .waitFor({ state: 'detached' })

  const { chunks } = await server.video(id)
  // The opening is two jobs of one chunk.
  assert.equal(await map.getByRole('option').count(), chunks.total - 1)
  await map.getByRole('option').first().focus()
  await page.keyboard.press('ArrowRight')
  const details = page.getByRole('region', { name: 'Chunk 1' })
  await details.getByText(/^local-1@/).waitFor()
  await details.getByText('Done').waitFor()
  await page.keyboard.press('Home')
  await page.getByRole('region', { name: 'Opening' }).getByText('opening, 54p').waitFor()
  await page.getByRole('table', { name: 'Renditions' }).getByText('160 × 90, 25 fps').waitFor()
  await page.getByText('Encoding began').waitFor()

  await page.getByRole('button', { name: 'Try a profile' }).click()
  await page.getByRole('dialog').getByLabel('Profile').selectOption('default')
  await page.getByRole('table', { name: 'Renditions that would be made' }).waitFor()
  await page
    .getByRole('dialog')
    .getByText(/chunks? and \d+ jobs/)
    .waitFor()
  await page.keyboard.press('Escape')
  // Somebody else deletes it.
  await server.call('DELETE', `/${id}`)
  await page.getByText('There is no such video.').waitFor()
  assert.equal(await page.evaluate(() => 'isStill' in globalThis), true)
  assert.deepEqual(apartFromGone(complaints, id), [])
})

test('A failed video shows its reason and the last lines of the log; many are retried and deleted at once, and what is refused is told (P-73, P-76, U102, U103, U124)', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir, page, complaints } = await openConsole(t)
  const hollow = await server.create(await makeHollowClip(dataDir))
  const [first, second] = [
    await server.create(await makeClip({ folder: dataDir, name: 'first.mp4', seconds: 1 })),
    await server.create(await makeClip({ folder: dataDir, name: 'second.mp4', seconds: 1 })),
  ]
  for (const id of [hollow, first, second]) await server.settled(id)

  await page.goto('/console/videos')
  await page.getByLabel('State').selectOption('failed')
  await page.waitForURL(/state=failed/)
  await page.getByRole('link', { name: 'first' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'hollow' }).click()
  await page.getByRole('alert').getByText('No picture of the video can be decoded.').waitFor()
  await page.getByRole('region', { name: 'Log' }).getByText(/NAL/).waitFor()

  await page.getByRole('link', { name: 'Videos', exact: true }).first().click()
  await page.getByLabel('Choose all that are listed').check()
  await page.getByText('3 videos chosen').waitFor()
  await page.getByRole('button', { name: 'Retry 1' }).click()
  await page.getByText('1 video taken up again.').waitFor()
  await server.settled(hollow)

  await page.getByLabel('Choose all that are listed').check()
  await page.getByRole('button', { name: 'Delete 3' }).click()
  const question = page.getByRole('dialog', { name: 'Delete 3 videos?' })
  await question.getByText('hollow').waitFor()
  // Somebody else is quicker with one of them, and this page must not know it yet.
  await page.route('**/api/v1/videos/bulk', async (route) => {
    await server.call('DELETE', `/${second}`)
    await route.continue()
  })
  await question.getByRole('button', { name: 'Delete 3 videos' }).click()
  const report = page.getByRole('dialog', { name: '1 video could not be deleted' })
  await report.getByText('There is no such video.').waitFor()
  await report.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('There is no video yet.').waitFor()
  assert.deepEqual(complaints, [])
})

test('What is being encoded is cancelled and retried by its page, after a question (P-73, D-93)', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir, page, complaints } = await openConsole(t, { RUNNERS: '0' })
  const id = await server.create(await makeClip({ folder: dataDir, seconds: 2 }))
  await page.goto(`/console/videos/${id}`)
  const state = page.getByRole('heading', { level: 1 })
  await state.getByText('Encoding').waitFor()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel the work' }).click()
  await state.getByText('Cancelled').waitFor()
  await page
    .getByRole('option', { name: /: Cancelled/ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Retry' }).click()
  await state.getByText('Encoding').waitFor()
  await page
    .getByRole('option', { name: /: Waiting/ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('There is no video yet.').waitFor()
  assert.deepEqual(apartFromGone(complaints, id), [])
})
