import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { VideoView } from '#videos/video-view.ts'
import { makeClip } from '../support/clip.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'
import { addPerson, logIn, openPeopledSite, type PeopledServer } from './people.ts'

async function bring(
  { call }: PeopledServer,
  path: string,
  name: string,
  ownerId: string,
): Promise<string> {
  const body = { name, source: { path }, profile: 'tiny' }
  const { id } = await call<VideoView>('POST', '/videos', body)
  await call('PATCH', `/videos/${id}`, { ownerId })
  return id
}

test('The grid shows videos as they come, change and go, and what failed with its reason (C-01, C-02, C-08, U100, U103)', {
  skip: noBrowser,
}, async (t) => {
  const site = await openPeopledSite(t, { SITE: 'public' })
  const ursula = await addPerson(site, 'Ursula', 'uploader')
  const clip = await makeClip({ folder: site.dataDir, seconds: 2 })
  const broken = `${site.dataDir}/broken.mp4`
  await writeFile(broken, Buffer.alloc(5_000, 1))
  const stranger = await openVisitor(t, site.server.url)
  await stranger.page.goto('/')
  await stranger.page.getByText('There are no videos yet.').waitFor()
  const member = await openVisitor(t, site.server.url)
  await member.page.goto('/login')
  await logIn(member.page, 'Ursula')
  await member.page.getByRole('main').getByRole('link', { name: 'Upload a video' }).waitFor()

  const good = await bring(site, clip, 'A <b>bold</b> film', ursula)
  await bring(site, broken, 'Not a film', ursula)
  const card = stranger.page.locator(`[data-video="${good}"]`)
  await card.getByRole('img').or(card.locator('img')).waitFor({ timeout: 90_000 })
  await card.getByText('A <b>bold</b> film').waitFor()
  await card.getByText('Ursula').waitFor()
  await card.getByText('0:02').waitFor()
  const failed = member.page.getByRole('article').filter({ hasText: 'Not a film' })
  await failed.getByText(/The file is/).waitFor()
  assert.equal(await stranger.page.getByText('Not a film').count(), 0)
  assert.equal(await stranger.page.getByRole('button', { name: /^Change/ }).count(), 0)

  const search = member.page.getByLabel('Search by title')
  await search.fill('bold')
  await search.press('Enter')
  await failed.waitFor({ state: 'detached' })
  assert.equal(new URL(member.page.url()).search, '?q=bold')
  await member.page.getByRole('button', { name: /^Change “A/ }).click()
  await member.page.getByRole('menuitem', { name: 'Edit' }).click()
  await member.page.getByLabel('Title', { exact: true }).fill('A bold film')
  await member.page.getByRole('button', { name: 'Save' }).click()
  await card.getByRole('link', { name: 'A bold film' }).waitFor()

  await member.page.getByRole('button', { name: 'Change “A bold film”' }).click()
  await member.page.getByRole('menuitem', { name: 'Delete' }).click()
  await member.page.getByRole('heading', { name: 'Delete “A bold film”?' }).waitFor()
  await member.page.getByRole('button', { name: 'Delete' }).click()
  await card.waitFor({ state: 'detached' })
  await waitFor('end of the video', async () => {
    const response = await fetch(`${site.server.url}/media/${good}/thumbnail.jpg`)
    await response.body?.cancel()
    return response.status === 404
  })
  assert.deepEqual([...stranger.complaints, ...member.complaints], [])
})

test('Roles end where they should: private videos, the console and uploads of others (U110, U111, WC5)', {
  skip: noBrowser,
}, async (t) => {
  const site = await openPeopledSite(t, { SITE: 'public', RUNNERS: '0' })
  const ursula = await addPerson(site, 'Ursula', 'uploader')
  await addPerson(site, 'Ulf', 'uploader')
  await addPerson(site, 'Vera', 'viewer')
  const clip = await makeClip({ folder: site.dataDir, seconds: 1 })
  const secret = await bring(site, clip, 'A secret film', ursula)
  const shown = await bring(site, clip, 'A film for all', ursula)
  await site.call('PATCH', `/videos/${secret}`, { visibility: 'private' })

  const { page } = await openVisitor(t, site.server.url)
  await page.goto('/login')
  await logIn(page, 'Ulf')
  const open = page.locator(`[data-video="${shown}"]`)
  await open.waitFor()
  assert.equal(await page.locator(`[data-video="${secret}"]`).count(), 0)
  assert.equal(await open.getByRole('button').count(), 0)
  const answer = await page.request.get(`${site.server.url}/api/v1/videos/${secret}`)
  assert.equal(answer.status(), 404)
  await page.goto('/console')
  await page.getByText('The console is for operators.').waitFor()

  const vera = await openVisitor(t, site.server.url)
  await vera.page.goto('/login?next=/upload')
  await logIn(vera.page, 'Vera')
  await vera.page.getByText('You may watch here, not upload.').waitFor()
  assert.equal(await vera.page.getByRole('link', { name: 'Upload' }).count(), 0)

  const owner = await openVisitor(t, site.server.url)
  await owner.page.goto('/login')
  await logIn(owner.page, 'Ursula')
  await owner.page.locator(`[data-video="${secret}"]`).getByText('Private').waitFor()
  await owner.page.getByRole('button', { name: 'Mine' }).click()
  await owner.page.getByRole('heading', { name: 'My videos' }).waitFor()
})
