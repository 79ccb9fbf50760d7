import assert from 'node:assert/strict'
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Profile } from '#stages/planning/profile.ts'
import { closeSite } from '../journeys/site.ts'
import { makeFolder } from '../support/files.ts'
import { type ServerProgram, startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'
import { readVideo, waitUntilPlayed } from './player.ts'
import { makeFullClip } from './player-clip.ts'

const folder = join(import.meta.dirname, '../players')
const page = `<!doctype html><title>players</title><link rel="icon" href="data:,"><video></video>
<script src="shaka.js"></script><script src="dash.js"></script><script src="page.js"></script>`
const files: Readonly<Record<string, string>> = {
  '/shaka.js': 'node_modules/shaka-player/dist/shaka-player.compiled.js',
  '/dash.js': 'node_modules/dashjs/dist/modern/umd/dash.all.min.js',
  '/page.js': 'page.js',
}
const isInstalled = existsSync(join(folder, 'node_modules'))
const skip =
  noBrowser || (isInstalled ? false : 'no players: bring them with npm ci --prefix test/players')

const seconds = 12
const profiles = [
  {
    name: 'sizes',
    gopSeconds: 1,
    segmentSeconds: 2,
    video: [
      { height: 180, crf: 30, maxrateKbps: 400, preset: 'ultrafast' },
      { height: 90, crf: 34, maxrateKbps: 100, preset: 'ultrafast' },
    ],
  },
  {
    name: 'codecs',
    gopSeconds: 1,
    segmentSeconds: 2,
    video: [
      { height: 180, codec: 'av1', crf: 50, maxrateKbps: 300, preset: '12' },
      { height: 90, codec: 'vp9', crf: 40, maxrateKbps: 100, preset: '8' },
      { height: 90, crf: 34, maxrateKbps: 100, preset: 'ultrafast' },
    ],
  },
] satisfies Profile[]

/** A way to play, and the file that it begins with. */
const ways = [
  { player: 'shakaPlayer', file: 'master.m3u8' },
  { player: 'shakaPlayer', file: 'manifest.mpd' },
  { player: 'dashPlayer', file: 'manifest.mpd' },
] as const
type Way = (typeof ways)[number]

let server: ServerProgram
let place = ''
/** The video of each profile. */
const ids = new Map<string, string>()
const endings: (() => Promise<void> | void)[] = []

before(async () => {
  if (skip) return
  const dataDir = await makeFolder({ after: (end: () => Promise<void>) => endings.push(end) })
  const host = createServer(({ url = '' }, response) => {
    const file = files[url]
    if (file === undefined) return response.setHeader('content-type', 'text/html').end(page)
    response.setHeader('content-type', 'text/javascript')
    return void pipeline(createReadStream(join(folder, file)), response)
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  endings.push(() => void host.close())
  place = `http://127.0.0.1:${(host.address() as AddressInfo).port}`
  server = await startServerProgram({ dataDir, profiles })
  endings.unshift(() => closeSite(server))
  const clip = await makeFullClip(dataDir, seconds)
  for (const { name } of profiles) {
    const id = await server.create(clip, name)
    assert.equal((await server.settled(id)).state, 'published')
    ids.set(name, id)
  }
})

after(async () => {
  for (const end of endings) await end()
})

/** One of the players, with a video of that profile open from its beginning. */
async function open(page: Page, { player, file }: Way, profile: string) {
  await page.goto('/')
  const url = `${server.url}/media/${ids.get(profile)}/${file}`
  const ask = <T>(words: string, what: unknown = null) =>
    page.evaluate<T>(`window.${player}.${words}(${JSON.stringify(what)})`)
  await ask('open', url)
  const { duration } = await waitUntilPlayed(page, 0.5)
  assert.ok(Math.abs(duration - seconds) < 0.1, `${duration}`)
  return ask
}

const seek = (page: Page, to: number) =>
  page.evaluate(`void (document.querySelector('video').currentTime = ${to})`)

/** Waits for what a player shows or sounds when what it had fetched before is over; not to the end. */
async function comesTo(page: Page, what: string, look: () => Promise<boolean>): Promise<void> {
  await waitFor(what, async () => {
    if ((await readVideo(page)).currentTime > 9) await seek(page, 1)
    return look()
  })
}

/** From near the end on; asked again as by a person, for dash.js may miss a seek while it fetches. */
async function playsToTheEnd(page: Page): Promise<void> {
  const hasEnded = () => page.evaluate<boolean>('window.hasEnded')
  for (let tries = 0; tries < 10 && !(await hasEnded()); tries++) {
    await seek(page, 11 - tries / 10)
    await waitFor('the end', hasEnded, 10_000).catch(() => undefined)
  }
  assert.ok(await hasEnded())
}

for (const way of ways) {
  const { player, file } = way
  test(`${player} plays ${file}: every size, each sound, any place, and the end (U52, V-03)`, {
    skip,
  }, async (t) => {
    const { page, complaints } = await openVisitor(t, place)
    const ask = await open(page, way, 'sizes')
    assert.deepEqual(new Set(await ask<number[]>('listSizes')), new Set([180, 90]))
    for (const height of [90, 180]) {
      await ask('chooseSize', height)
      await comesTo(page, `pictures of ${height} lines`, async () => {
        return (await readVideo(page)).videoHeight === height
      })
      const { currentTime } = await readVideo(page)
      await waitUntilPlayed(page, currentTime + 0.3)
    }
    assert.deepEqual(await ask('listLanguages'), ['en', 'fr'])
    for (const [language, frequency] of [
      ['fr', 880],
      ['en', 440],
    ] as const) {
      await ask('chooseLanguage', language)
      await comesTo(page, `a tone of ${frequency} Hz`, async () => {
        return Math.abs((await page.evaluate<number>('window.listen()')) - frequency) < 15
      })
    }
    await open(page, way, 'sizes')
    await playsToTheEnd(page)
    const { currentTime } = await readVideo(page)
    assert.ok(Math.abs(currentTime - seconds) < 0.1, `${currentTime}`)
    assert.deepEqual(await page.evaluate('window.errors'), [])
    assert.deepEqual(complaints, [])
  })

  test(`${player} finds its way among three codecs in ${file} (U52, V-03)`, { skip }, async (t) => {
    const { page, complaints } = await openVisitor(t, place)
    await open(page, way, 'codecs')
    await playsToTheEnd(page)
    assert.deepEqual(await page.evaluate('window.errors'), [])
    assert.deepEqual(complaints, [])
  })
}
