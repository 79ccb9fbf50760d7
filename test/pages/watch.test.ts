import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSite } from '../journeys/site.ts'
import { makeClip } from '../support/clip.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'
import { readVideo, waitUntilPlayed } from './player.ts'

/** Slow enough that a browser is playing long before the end, fast enough for a test. */
const leisurely = {
  name: 'leisurely',
  gopSeconds: 1,
  segmentSeconds: 2,
  chunkSecondsMax: 2,
  video: [
    { height: 360, crf: 23, maxrateKbps: 2000, preset: 'slow' },
    { height: 90, crf: 30, maxrateKbps: 200, preset: 'ultrafast' },
  ],
}

test('A video plays by itself as soon as there is anything of it, goes on while it is encoded, and is whole at the end (C-07, M-37, U103)', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir } = await openSite(t, {
    profiles: [leisurely],
    env: { RUNNER_SLOTS: '1' },
  })
  const { page, complaints } = await openVisitor(t, server.url)
  const clip = await makeClip({ folder: dataDir, seconds: 24, size: '640x360' })
  const id = await server.create(clip, 'leisurely')
  await page.goto(`/watch/${id}`)
  await waitUntilPlayed(page, 0.5)
  const { state } = await server.video(id)
  assert.ok(['encoding', 'packaging'].includes(state), `it played when the video was ${state}`)
  await page.getByText(/still being encoded/).waitFor()
  const encoded = page.locator('[data-encoded]')
  assert.ok(Number(await encoded.getAttribute('data-encoded')) < 1)

  assert.equal((await server.settled(id)).state, 'published')
  await page.getByText(/still being encoded/).waitFor({ state: 'hidden' })
  await waitFor('the whole length', async () => {
    const { duration } = await readVideo(page)
    return duration > 23.9 && duration < 24.1
  })
  await waitFor('a bar that is encoded to its end', async () => {
    return (await encoded.getAttribute('data-encoded')) === '1.000'
  })
  // On a slow machine it has been seen to its end by now.
  await page.keyboard.press('3')
  if ((await readVideo(page)).paused) await page.keyboard.press('k')
  const { currentTime } = await readVideo(page)
  await waitUntilPlayed(page, currentTime + 0.5)
  assert.deepEqual(complaints, [])
})
