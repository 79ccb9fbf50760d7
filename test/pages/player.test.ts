import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { closeSite } from '../journeys/site.ts'
import { makeFolder } from '../support/files.ts'
import { type ServerProgram, startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'
import { readVideo, waitUntilPlayed } from './player.ts'
import { makeFullClip } from './player-clip.ts'

const profile = {
  name: 'full',
  gopSeconds: 1,
  segmentSeconds: 1,
  video: [
    { height: 180, crf: 30, maxrateKbps: 400, preset: 'ultrafast' },
    { height: 90, crf: 34, maxrateKbps: 100, preset: 'ultrafast' },
  ],
  storyboard: true,
  mp4: ['180p'],
}

let server: ServerProgram
let id = ''
const endings: (() => Promise<void> | void)[] = []

before(async () => {
  if (noBrowser) return
  const dataDir = await makeFolder({ after: (end: () => Promise<void>) => endings.push(end) })
  server = await startServerProgram({ dataDir, profiles: [profile] })
  endings.unshift(() => closeSite(server))
  id = await server.create(await makeFullClip(dataDir, 12), 'full')
  assert.equal((await server.settled(id)).state, 'published')
})

after(async () => {
  for (const end of endings) await end()
})

function openSettings(page: Page, name: RegExp): Promise<void> {
  return page
    .getByRole('button', { name: 'Settings' })
    .click()
    .then(() => page.getByRole('menuitem', { name }).click())
}

test('Another quality is another rung, and Auto says which one it shows (U100)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto(`/watch/${id}`)
  await waitUntilPlayed(page, 0.2)
  for (const height of [90, 180]) {
    await openSettings(page, /^Quality/)
    await page.getByRole('menuitemradio', { name: `${height}p`, exact: true }).click()
    await page.keyboard.press('0')
    if ((await readVideo(page)).paused) await page.keyboard.press('k')
    await waitFor(`pictures of ${height} lines`, async () => {
      return (await readVideo(page)).videoHeight === height
    })
  }
  await openSettings(page, /^Quality/)
  await page.getByRole('menuitemradio', { name: 'Auto' }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('menuitem', { name: /^Quality Auto \((180|90)p\)/ }).waitFor()
  assert.deepEqual(complaints, [])
})

test('The seek bar shows a small picture of each place, by mouse and by key, and goes there (U100)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto(`/watch/${id}`)
  await waitUntilPlayed(page, 0.2)
  await page.keyboard.press('k')
  const bar = page.getByRole('slider', { name: 'Place in the video' })
  const box = await bar.boundingBox()
  assert.ok(box)
  const place = { x: box.width / 2, y: box.height / 2 }
  await bar.hover({ position: place })
  const preview = page.locator('[data-preview]')
  await preview.getByText('0:06').waitFor()
  const picture = preview.locator('[style*="background-image"]')
  await picture.waitFor()
  assert.match((await picture.getAttribute('style')) ?? '', /\.jpg/)
  await bar.click({ position: place })
  await waitFor('the middle', async () => {
    return Math.abs((await readVideo(page)).currentTime - 6) < 0.5
  })
  assert.match((await bar.getAttribute('aria-valuetext')) ?? '', /^[56] seconds of 12 seconds$/)
  await page.mouse.move(0, 0)
  await preview.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Settings' }).focus()
  await bar.focus()
  await page.keyboard.press('ArrowRight')
  await preview.waitFor()
  await waitFor('five seconds later', async () => {
    return Math.abs((await readVideo(page)).currentTime - 11) < 0.5
  })
  assert.deepEqual(complaints, [])
})

test('Keys do what they do elsewhere, and a sheet tells which (U100)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto(`/watch/${id}`)
  await waitUntilPlayed(page, 0.1)
  const becomes = (what: string, look: (video: Awaited<ReturnType<typeof readVideo>>) => boolean) =>
    waitFor(what, async () => look(await readVideo(page)))
  await page.keyboard.press('k')
  await becomes('a pause', ({ paused }) => paused)
  await page.keyboard.press('5')
  await becomes('the middle', ({ currentTime }) => Math.abs(currentTime - 6) < 0.3)
  await page.keyboard.press('ArrowLeft')
  await becomes('five seconds less', ({ currentTime }) => Math.abs(currentTime - 1) < 0.3)
  await page.keyboard.press('m')
  await becomes('silence', ({ muted }) => muted)
  await page.keyboard.press('Shift+>')
  await becomes('more speed', ({ playbackRate }) => playbackRate === 1.25)
  await page.getByText('Speed 1.25×').waitFor()
  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog').getByText('Play or pause').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const leave = page.getByRole('button', { name: 'Leave full screen' })
  // A browser that is short of time may refuse it, as if nobody had pressed a key.
  await waitFor('full screen', async () => {
    await page.keyboard.press('f')
    await leave.waitFor({ timeout: 5_000 }).catch(() => undefined)
    return leave.isVisible()
  })
  await page.keyboard.press('f')
  await page.getByRole('button', { name: 'Full screen', exact: true }).waitFor()
  await page.reload()
  await becomes('what was set', ({ muted, playbackRate }) => muted && playbackRate === 1.25)
  assert.deepEqual(complaints, [])
})

test('Captions are shown when they are wanted, also of the next video; sound has its languages (U100)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto(`/watch/${id}`)
  await waitUntilPlayed(page, 0.5)
  await page.getByRole('button', { name: 'Captions on' }).click()
  await page.locator('[data-captions]').getByText('The first line').waitFor()
  assert.equal(await page.locator('[data-captions] i').textContent(), 'the second')
  await page.reload()
  await page.locator('[data-captions]').getByText('The first line').waitFor()
  await page.keyboard.press('c')
  await page.locator('[data-captions]').getByText('The first line').waitFor({ state: 'hidden' })
  await openSettings(page, /^Sound/)
  await page.getByRole('menuitemradio').nth(1).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('menuitem', { name: /^Sound Fr/ }).waitFor()
  const { currentTime } = await readVideo(page)
  if ((await readVideo(page)).paused) await page.keyboard.press('k')
  await page.keyboard.press('Escape')
  await waitUntilPlayed(page, Math.min(currentTime + 0.5, 11.5))
  assert.deepEqual(complaints, [])
})

test('A file that is no video says why it is not there, and nothing waits any more (C-07, U103)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  const form = new FormData()
  form.set('videoFile', new Blob(['x'.repeat(5000)]), 'broken.mp4')
  const answer = await fetch(`${server.url}/api/v1/videos/upload`, { method: 'POST', body: form })
  const broken = (await answer.json()) as { readonly id: string }
  await page.goto(`/watch/${broken.id}`)
  const alert = page.getByRole('alert')
  await alert.getByText('This video could not be made.').waitFor()
  const { error } = await server.video(broken.id)
  await alert.getByText(error?.message ?? '?').waitFor()
  assert.equal(await page.getByRole('progressbar').count(), 0)
  assert.deepEqual(complaints, [])
})

test('A video plays in a frame of another site; a private one only says so there (U100, U110)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  const other = createServer((_request, response) => {
    const source = `${server.url}/embed/${id}?t=2`
    response.setHeader('content-type', 'text/html')
    response.end(
      `<title>x</title><iframe src="${source}" allow="autoplay" width="640" height="360">`,
    )
  }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('link', { name: 'full.mkv' }).waitFor()
  await frame.getByRole('button', { name: 'Play' }).last().click()
  const embedded = page.frames().at(-1)
  assert.ok(embedded)
  await waitUntilPlayed(embedded, 2.3)
  for (const [path, framers] of [
    ['watch', /frame-ancestors 'self'/],
    ['embed', /frame-ancestors \*/],
  ] as const) {
    const answer = await page.request.get(`${server.url}/${path}/${id}`)
    assert.match(answer.headers()['content-security-policy'] ?? '', framers)
  }
  assert.deepEqual(complaints, [])

  await page.goto(`${server.url}/embed/00000000-0000-4000-8000-000000000000`)
  await page.getByText('This video cannot be shown here.').waitFor()
})

test('What plays a video says when it does not come, and comes when it is asked for again (U100)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  const program = /\/hls-stream[^/]*\.js$/
  await page.route(program, (route) => route.abort())
  await page.goto(`/watch/${id}`)
  const alert = page.getByRole('alert')
  await alert.getByText('The player could not be loaded').waitFor()
  await page.unroute(program)
  await alert.getByRole('button', { name: 'Try again' }).click()
  // A browser that remembers what failed needs another one, which loads the page.
  await waitFor('moving pictures', async () => {
    const again = alert.getByRole('button', { name: 'Try again' })
    if (await again.isVisible()) await again.click()
    return (await readVideo(page)).currentTime > 0.2
  })
  assert.deepEqual(
    complaints.filter((each) => !each.includes('hls-stream')),
    [],
  )
})

test('A video that gets another address goes on where it was (U100)', {
  skip: noBrowser,
}, async (t) => {
  const { page, complaints } = await openVisitor(t, server.url)
  await page.route(`**/api/v1/videos/${id}`, async (route) => {
    const response = await route.fetch()
    const video = (await response.json()) as { readonly urls: { readonly hls: string } }
    const urls = { ...video.urls, hls: `${video.urls.hls}?before` }
    await route.fulfill({ response, json: { ...video, urls } })
  })
  await page.goto(`/watch/${id}`)
  await waitUntilPlayed(page, 0.2)
  await page.keyboard.press('k')
  await page.keyboard.press('5')
  await waitFor('the middle', async () => {
    return Math.abs((await readVideo(page)).currentTime - 6) < 0.3
  })
  const moved = page.waitForRequest((request) => request.url().endsWith('.m3u8'))
  await server.call('PATCH', `/${id}`, { name: 'moved.mkv' })
  await moved
  await waitFor('the same picture', async () => {
    const { currentTime, paused, videoHeight } = await readVideo(page)
    return paused && videoHeight > 0 && Math.abs(currentTime - 6) < 0.3
  })
  assert.deepEqual(complaints, [])
})
