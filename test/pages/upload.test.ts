import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { VideoView } from '#videos/video-view.ts'
import { makeClip } from '../support/clip.ts'
import { openCuttingProxy } from '../support/cutting-proxy.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'
import { addPerson, logIn, openPeopledSite, type PeopledServer } from './people.ts'

/** Some 2 MB in three seconds: noise does not get smaller. */
const noisy = ['-vf', 'noise=alls=90:allf=t', '-qp', '8']

async function choose(page: Page, files: string | string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(files)
}

interface Uploading {
  readonly site: PeopledServer
  readonly page: Page
  /** Some 2 MB that may be uploaded, as `one.mp4` unless named otherwise. */
  readonly clip: string
  /** How many bytes of an upload come through on each connection, from now on; null for all. */
  readonly cutAfter: (bytes: number | null) => void
  readonly connections: () => number
  readonly list: () => Promise<{ videos: VideoView[] }>
}

/** A person who may upload, at the upload page, behind a network that cuts connections. */
async function openUploadPage(
  t: TestContext,
  cutAfterBytes: number,
  {
    name = 'one.mp4',
    env = { RUNNERS: '0' },
  }: { name?: string; env?: Record<string, string> } = {},
): Promise<Uploading> {
  const site = await openPeopledSite(t, env)
  await addPerson(site, 'Ursula', 'uploader')
  const clip = await makeClip({ folder: site.dataDir, name, seconds: 3, output: noisy })
  const port = Number(new URL(site.server.url).port)
  const proxy = await openCuttingProxy(t, () => ({ port, cutAfterBytes }))
  const { page } = await openVisitor(t, proxy.url)
  await page.goto('/upload')
  await logIn(page, 'Ursula')
  return {
    ...{ site, page, clip, connections: () => proxy.connections() },
    cutAfter: (bytes) => {
      proxy.next = () => ({ port, cutAfterBytes: bytes })
    },
    list: () => site.call('GET', '/videos'),
  }
}

test('An upload goes on through a network that breaks and a page that is loaded again (C-04, C-05, C-06, U2)', {
  skip: noBrowser,
}, async (t) => {
  const { site, page, clip, cutAfter, connections, list } = await openUploadPage(t, 150_000, {
    name: 'My holiday.mp4',
    env: {},
  })
  const { size } = await stat(clip)
  await choose(page, clip)
  const title = page.getByLabel('Title of My holiday.mp4')
  assert.equal(await title.inputValue(), 'My holiday')
  const begin = page.getByRole('button', { name: 'Upload 1 video' })
  await title.fill('')
  await page.getByText('Every video needs a title.').waitFor()
  assert.equal(await begin.isDisabled(), true)
  await title.fill('My holiday')
  await begin.click()

  const first = await waitFor('a part of the file', async () => {
    const [video] = (await list()).videos
    return (video?.upload?.receivedBytes ?? 0) > 250_000 ? video : null
  })
  // From now on next to nothing comes through, so that it is in the middle when the page goes.
  cutAfter(8_000)
  await page.reload()
  await page.getByText(/The connection is gone|% of/).waitFor()
  assert.equal(await title.inputValue(), 'My holiday')
  cutAfter(null)
  await title.fill('My long holiday')
  await title.blur()
  await page.locator('[data-phase=done]').waitFor({ timeout: 60_000 })
  const { videos } = await list()
  assert.deepEqual(
    videos.map(({ id, source }) => [id, source.sizeBytes, source.filename]),
    [[first.id, size, basename(clip)]],
  )
  assert.ok(connections() > 4)
  await page.getByRole('link', { name: 'Watch' }).click()
  await page.waitForURL(`**/watch/${first.id}`)
  const published = await waitFor(
    'the video',
    async () => {
      const video = await site.call<VideoView>('GET', `/videos/${first.id}`)
      assert.notEqual(video.state, 'failed')
      return video.state === 'published' ? video : null
    },
    120_000,
  )
  assert.equal(published.name, 'My long holiday')
})

test('A page that is loaded again at once after an upload was begun goes on, with the title as it was typed (C-05, U2)', {
  skip: noBrowser,
}, async (t) => {
  const { page, clip, cutAfter, list } = await openUploadPage(t, 20_000)
  await choose(page, clip)
  const title = page.getByLabel('Title of one.mp4')
  await page.getByRole('button', { name: 'Upload 1 video' }).click()
  await page.getByText(/The connection is gone|% of/).waitFor()
  await title.fill('Number one')
  await page.reload()
  await page.locator('[data-phase=cut], [data-phase=sending]').waitFor()
  assert.equal(await title.inputValue(), 'Number one')
  cutAfter(null)
  await page.locator('[data-phase=done]').waitFor({ timeout: 60_000 })
  const { videos } = await list()
  assert.deepEqual(
    videos.map(({ name }) => name),
    ['Number one'],
  )
})

test('Only videos are taken, a file twice is told, and uploads are paused and go on in a corner of other pages (C-04, U2)', {
  skip: noBrowser,
}, async (t) => {
  const { site, page, clip, cutAfter } = await openUploadPage(t, 100_000)
  await choose(page, [clip, `${site.dataDir}/profiles/tiny.json`])
  await page.getByText('Only videos can be uploaded.').waitFor()
  await choose(page, clip)
  await page.getByText('“one.mp4” is in the list already.').waitFor()
  cutAfter(20_000)
  await page.getByRole('button', { name: 'Upload 1 video' }).click()
  await page.getByRole('button', { name: 'Pause one' }).click()
  await page.getByText(/Paused/).waitFor()
  cutAfter(null)
  await page.getByRole('button', { name: 'Resume one' }).click()
  await page.getByRole('link', { name: 'Reelmill' }).click()
  const tray = page.getByRole('complementary', { name: 'Uploads' })
  await tray.getByText('1 video uploaded').waitFor({ timeout: 60_000 })
  await tray.getByRole('button', { name: 'Close' }).click()
  await tray.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'one', exact: true }).waitFor()
})

test('An upload goes on where a session ends and one logs in again (C-05)', {
  skip: noBrowser,
}, async (t) => {
  const { page, clip, cutAfter, list } = await openUploadPage(t, 100_000)
  await choose(page, clip)
  cutAfter(20_000)
  await page.getByRole('button', { name: 'Upload 1 video' }).click()
  await waitFor('a part of the file', async () => {
    const [video] = (await list()).videos
    return (video?.upload?.receivedBytes ?? 0) > 0 ? video : null
  })
  await page.context().clearCookies()
  // Long enough after, that it looks who is there when somebody looks at it.
  await page.clock.setFixedTime(Date.now() + 120_000)
  await page.evaluate('dispatchEvent(new Event("visibilitychange"))')
  await page.waitForURL('**/login?next=*')
  await logIn(page, 'Ursula')
  await page.waitForURL('**/upload')
  cutAfter(null)
  await page.locator('[data-phase=done]').waitFor({ timeout: 60_000 })
  assert.equal((await list()).videos.length, 1)
})

test('An upload whose video was cancelled begins anew where somebody tries again (C-05)', {
  skip: noBrowser,
}, async (t) => {
  const { site, page, clip, cutAfter, list } = await openUploadPage(t, 20_000)
  await choose(page, clip)
  await page.getByRole('button', { name: 'Upload 1 video' }).click()
  const first = await waitFor('a part of the file', async () => {
    const [video] = (await list()).videos
    return (video?.upload?.receivedBytes ?? 0) > 0 ? video : null
  })
  await site.call('POST', `/videos/${first.id}/cancel`)
  await page.locator('[data-phase=failed]').waitFor({ timeout: 60_000 })
  cutAfter(null)
  await page.getByRole('button', { name: 'Try one again' }).click()
  await page.locator('[data-phase=done]').waitFor({ timeout: 60_000 })
  const others = (await list()).videos.filter(({ id }) => id !== first.id)
  assert.deepEqual(
    others.map(({ name, source }) => [name, source.sizeBytes]),
    [['one', (await stat(clip)).size]],
  )
})
