import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { chromium, type Page } from 'playwright-core'
import { makeClip } from '../support/clip.ts'
import { waitFor } from '../support/wait-for.ts'
import { openSite } from './site.ts'

const executablePath = '/usr/bin/chromium'
const skip = existsSync(executablePath)
  ? false
  : `There is no Chromium at ${executablePath}: apt-get install chromium`

/** The page's own program: it is not type-checked here, where there is no document. */
const player = "document.querySelector('video')"

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

test('The watch page plays in a browser while the video is encoded, and shows when it is published', {
  skip,
}, async (t) => {
  const { server, dataDir } = await openSite(t, {
    profiles: [leisurely],
    env: { RUNNER_SLOTS: '1' },
  })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  t.after(() => browser.close())
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))

  const clip = await makeClip({ folder: dataDir, seconds: 30, size: '640x360' })
  const id = await server.create(clip, 'leisurely')
  await page.goto(`${server.url}/watch/${id}`)
  await waitFor('something to play', () =>
    readPlayer(page, 'readyState').then((state) => state >= 2),
  )
  await page.evaluate(`Object.assign(${player}, { muted: true }).play()`)
  await waitFor('moving pictures', async () => (await readPlayer(page, 'currentTime')) > 0.5)
  const { state } = await server.video(id)
  assert.ok(['encoding', 'packaging'].includes(state), `it played when the video was ${state}`)

  assert.equal((await server.settled(id)).state, 'published')
  const before = await readPlayer(page, 'currentTime')
  await waitFor('pictures that still move', async () => {
    return (await readPlayer(page, 'currentTime')) > before + 0.5
  })
  await waitFor('a page without a state', async () => (await page.textContent('#state')) === '')
  await waitFor('the whole length', async () => {
    const seconds = await readPlayer(page, 'duration')
    return seconds > 29.9 && seconds < 30.1
  })
  assert.deepEqual(errors, [])
})

type PlayerFact = 'currentTime' | 'duration' | 'readyState'

function readPlayer(page: Page, fact: PlayerFact): Promise<number> {
  return page.evaluate<number>(`${player}.${fact}`)
}
