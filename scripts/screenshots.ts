import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Page } from 'playwright-core'
import { openVisitor } from '../test/pages/browser.ts'
import {
  fillTown,
  listPages,
  logIn,
  type PageOfTown,
  showPage,
  type Town,
  townEnv,
} from '../test/pages/town.ts'
import { endAll, startServerProgram } from '../test/support/server-program.ts'

// Shows every page, light and dark, on a desktop and on a phone, as it is when it is used: a server
// with people and videos, one of which is being encoded. npm run screenshots renews docs/screenshots.

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/screenshots')
const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const

const dataDir = await mkdtemp(join(tmpdir(), 'reelmill-screenshots-'))
const hooks: (() => unknown)[] = []
const t = { after: (hook: () => unknown) => void hooks.push(hook) }
try {
  await mkdir(folder, { recursive: true })
  const server = await startServerProgram({ dataDir, env: townEnv })
  t.after(() => server.stop())
  const town = await fillTown(server, { profile: 'default', size: '854x480', seconds: 24 })
  const underWay = await takeInLong(town)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [screen, viewport] of Object.entries(screens)) {
      const look = { colorScheme, viewport, deviceScaleFactor: 1 }
      const stranger = await openVisitor(t, server.url, look)
      const admin = await openVisitor(t, server.url, look)
      await logIn(admin.page, server, 'admin')
      for (const each of [...underWay, ...listPages(town)]) {
        const { page } = each.who === null ? stranger : admin
        await showPage(page, each)
        await keep(page, `${each.name}-${screen}-${colorScheme}`)
      }
    }
  }
} finally {
  for (const hook of hooks.toReversed()) await hook()
  await endAll(dataDir)
  await rm(dataDir, { recursive: true, force: true })
}

/** A film that is being encoded while all others are looked at: the first one, twenty times. */
async function takeInLong({ server, client }: Town): Promise<PageOfTown[]> {
  const [once, path] = ['film', 'long'].map((name) => join(server.dataDir, `${name}.mp4`))
  const loop = ['-v', 'error', '-stream_loop', '19', '-i', once ?? '', '-c', 'copy', path ?? '']
  await execa('ffmpeg', loop)
  const { id } = await client.createVideo({ name: 'A long way home', source: { path: path ?? '' } })
  await client.waitFor(id, 'playable')
  return [
    { name: 'watch-encoding', path: `watch/${id}`, who: 'admin' },
    { name: 'console-video-encoding', path: `console/videos/${id}`, who: 'admin' },
  ]
}

/** As WebP, a third of what PNG takes. */
async function keep(page: Page, name: string): Promise<void> {
  const png = await page.screenshot({ type: 'png' })
  const to = join(folder, `${name}.webp`)
  await execa(
    'ffmpeg',
    ['-v', 'error', '-y', '-f', 'png_pipe', '-i', 'pipe:0', '-c:v', 'libwebp', '-q:v', '82', to],
    { input: png },
  )
  console.log(to)
}
