import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openSite } from '../journeys/site.ts'
import { makeClip } from '../support/clip.ts'
import { tinyProfile } from '../support/profiles.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'

const options = { skip: noBrowser }

async function openProfiles(t: TestContext, size = { width: 1280, height: 800 }) {
  const { server, dataDir } = await openSite(t)
  const { page, complaints } = await openVisitor(t, server.url, { viewport: size })
  return { server, dataDir, page, complaints }
}

/** Until the answer to what was typed is there, nothing can be saved. */
async function save(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Save …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as a new version' })
  await dialog.getByLabel('Note').fill(note)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

test(
  'A profile that is edited and saved is what the next video is made by (C-35, U33, U34)',
  options,
  async (t) => {
    const { server, dataDir, page, complaints } = await openProfiles(t)
    await page.goto('/console/profiles')
    await page.getByRole('link', { name: 'tiny' }).click()
    await page.getByRole('heading', { level: 1, name: 'tiny' }).waitFor()
    await page.getByText('file of this installation').waitFor()

    await page.getByRole('button', { name: 'Remove row 2' }).click()
    await page.getByLabel('Height, row 1').fill('72')
    await page.getByRole('checkbox', { name: 'Storyboard' }).check()
    await page.getByRole('cell', { name: '72p 128 × 72' }).waitFor()
    await save(page, 'One row is enough')
    await page.getByText('version 1, saved here').waitFor()
    await page.getByText('One row is enough').waitFor()

    const clip = await makeClip({ folder: dataDir, seconds: 5, size: '160x90' })
    const video = await server.settled(await server.create(clip, 'tiny'))
    assert.equal(video.state, 'published', JSON.stringify(video.error))
    const pictures = video.renditions.filter(({ kind }) => kind === 'video')
    assert.deepEqual(
      pictures.map(({ name }) => name),
      ['72p'],
    )
    assert.ok(video.urls.storyboard)
    assert.deepEqual(complaints, [])
  },
)

test(
  'The form and the JSON beside it are one, and rows are moved by keys (C-35)',
  options,
  async (t) => {
    const { page, complaints } = await openProfiles(t)
    await page.goto('/console/profiles/tiny')
    const json = page.getByLabel('The profile as JSON')
    await page.getByLabel('Cap, row 1').fill('555')
    assert.match(await json.inputValue(), /"maxrateKbps": 555/)
    await page.getByLabel('Cap, row 1').press('Alt+ArrowDown')
    assert.equal(await page.getByLabel('Cap, row 2').inputValue(), '555')
    await page.getByRole('button', { name: 'Add a row' }).click()
    assert.equal(await page.getByLabel('Height, row 3').inputValue(), '60')

    const text = await json.inputValue()
    await json.fill(text.replace('555', '5'))
    await page.getByText('Must be at least 16.').first().waitFor()
    assert.equal(await page.getByLabel('Cap, row 2').getAttribute('aria-invalid'), 'true')
    assert.ok(await page.getByRole('button', { name: 'Save …' }).isDisabled())
    await json.fill('{ "name": ')
    await page.getByText('This is no JSON yet').waitFor()
    // What is half done waits for whoever looks at another page meanwhile.
    await page.getByRole('link', { name: 'Jobs', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
    await page.goBack()
    await page.getByText('This is no JSON yet').waitFor()
    assert.equal(await page.getByLabel('Cap, row 2').inputValue(), '5')
    await page.getByRole('button', { name: 'Discard changes' }).click()
    assert.equal(
      await page.getByLabel('Cap, row 1').inputValue(),
      String(tinyProfile.video[0]?.maxrateKbps),
    )
    assert.deepEqual(complaints, [])
  },
)

test(
  'A preview says what becomes of each row for the source that is chosen (U32, U35)',
  options,
  async (t) => {
    const { page, complaints } = await openProfiles(t)
    await page.goto('/console/profiles/default')
    await page.getByRole('cell', { name: '1080p 1920 × 1080' }).waitFor()
    const source = page.getByLabel('For which source')
    await source.selectOption('Phone, portrait 1080p at 30')
    await page.getByRole('cell', { name: '1080p 1080 × 1920' }).waitFor()
    await source.selectOption('Old camera, 480p at 29.97')
    await page.getByText('a smaller row holds all of it').first().waitFor()
    await page.getByLabel('MP4s to download').selectOption('some')
    await page.getByText(/480p30\.mp4, about/).waitFor()
    assert.deepEqual(complaints, [])
  },
)

test(
  'An older version is compared and made the current one, and the file holds again once all is deleted (C-35)',
  options,
  async (t) => {
    const { server, page, complaints } = await openProfiles(t)
    await page.goto('/console/profiles/tiny')
    for (const [crf, note] of [
      ['31', 'first'],
      ['32', 'second'],
    ] as const) {
      await page.getByLabel('Quality, row 1').fill(crf)
      await page.getByLabel('Quality, row 1').press('Tab')
      await save(page, note)
      await page.getByText(note, { exact: true }).waitFor()
    }
    await page.getByRole('button', { name: 'Compare' }).click()
    const dialog = page.getByRole('dialog', { name: 'Version 1 of tiny' })
    await dialog.getByText('"crf": 31').waitFor()
    await dialog.getByRole('button', { name: 'Make this the current one' }).click()
    await page.getByRole('button', { name: 'Make current' }).click()
    await page.getByText('Version 1 again').waitFor()
    assert.equal(await page.getByLabel('Quality, row 1').inputValue(), '31')

    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Go back to the file' }).click()
    await page.getByRole('button', { name: 'Go back', exact: true }).click()
    await page.getByRole('row', { name: /tiny.*file of this installation/ }).waitFor()
    await waitFor('the file', async () => {
      const answer = await fetch(`${server.url}/api/v1/profiles/tiny`)
      return ((await answer.json()) as { origin: string }).origin === 'folder'
    })
    assert.deepEqual(complaints, [])
  },
)

test(
  'Who saves while somebody else did is told, and keeps what was changed (C-35)',
  options,
  async (t) => {
    const { server, page, complaints } = await openProfiles(t, { width: 390, height: 844 })
    await page.goto('/console/profiles/tiny')
    await page.getByLabel('Quality, row 1').fill('33')
    const other = await fetch(`${server.url}/api/v1/profiles/tiny`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ profile: { ...tinyProfile, description: 'by somebody else' } }),
    })
    assert.equal(other.status, 200)
    await page.getByRole('button', { name: 'Save …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as a new version' })
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Version 1 was saved meanwhile').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    assert.equal(await page.getByLabel('Quality, row 1').inputValue(), '33')
    // What the server refused, the browser notes down.
    assert.ok(
      complaints.every((complaint) => complaint.includes('412')),
      complaints.join(),
    )
  },
)
