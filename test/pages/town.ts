import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Page } from 'playwright-core'
import { createReelmillClient, type ReelmillClient } from '#client/index.ts'
import type { ServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'

/** A server with people and videos in it, as pages look like when they are used. */
export interface Town {
  readonly server: ServerProgram
  /** The API with every right. */
  readonly client: ReelmillClient
  /** Ids of videos by what they are there for. */
  readonly videos: Readonly<Record<'film' | 'private' | 'broken' | 'cancelled', string>>
}

/** The environment that a server needs to be filled. */
export const townEnv = { ADMIN_KEY: 'a-key-for-this-town', URL_ALLOW: '127.0.0.1', SITE: 'public' }

export const people = {
  admin: { name: 'Ada', password: 'correct horse battery', role: 'admin' },
  uploader: { name: 'Mira', password: 'staple under the moon', role: 'uploader' },
  viewer: { name: 'Theo', password: 'nine quiet lanterns', role: 'viewer' },
} as const

interface Look {
  readonly profile: string
  readonly size: string
  readonly seconds: number
}

/** Pictures that move, drawn by ffmpeg. */
const pictures = {
  film: 'gradients=c0=#0b3954:c1=#087e8b:c2=#e8d8b0:c3=#e4572e:nb_colors=4:speed=0.01',
  private: 'gradients=c0=#20315f:c1=#c26a5d:c2=#f1c27b:nb_colors=3:speed=0.012',
  cancelled: 'life=mold=12:r=24:ratio=0.15:death_color=#1b2b4b:life_color=#66d6c9',
} as const

/** Fills a server that was started with `townEnv`. */
export async function fillTown(server: ServerProgram, look: Look): Promise<Town> {
  const client = createReelmillClient({ baseUrl: server.url, key: townEnv.ADMIN_KEY })
  for (const body of Object.values(people)) await client.POST('/api/v1/users', { body })
  await client.POST('/api/v1/keys', { body: { name: 'Shop back end', role: 'operator' } })
  const endpoint = { url: 'http://127.0.0.1:9/hook', description: 'The shop' }
  await client.POST('/api/v1/webhooks', { body: endpoint })

  const broken = join(server.dataDir, 'Holiday.mov')
  await writeFile(broken, 'This was a film once.')
  const { profile } = look
  const videos = {
    film: await takeIn('film', 'Where the river meets the sea'),
    private: await takeIn('private', 'Evening over the harbour', { visibility: 'private' }),
    broken: await create({ name: 'Holiday in the hills', source: { path: broken } }),
    cancelled: await takeIn('cancelled', 'The game of life'),
  }
  await client.POST('/api/v1/videos/{id}/cancel', { params: { path: { id: videos.cancelled } } })
  for (const name of ['film', 'private'] as const) await client.waitFor(videos[name], 'published')
  await server.settled(videos.broken)
  return { server, client, videos }

  async function takeIn(picture: keyof typeof pictures, name: string, more: object = {}) {
    const path = join(server.dataDir, `${picture}.mp4`)
    await draw(path, pictures[picture], look)
    return create({ name, source: { path }, ...more })
  }
  async function create(video: { name: string; source: { path: string } }): Promise<string> {
    return (await client.createVideo({ profile, ...video })).id
  }
}

/** Draws a clip with a quiet tone. */
async function draw(path: string, picture: string, { size, seconds }: Look): Promise<void> {
  const sound = `sine=frequency=220:sample_rate=48000:duration=${seconds}`
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', `${picture}:size=${size}`],
    ...['-f', 'lavfi', '-i', sound, '-t', String(seconds), '-af', 'volume=0.1', '-ac', '2'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-r', '24', path],
  ])
}

/** Logs somebody in, in their browser. */
export async function logIn(page: Page, server: ServerProgram, who: keyof typeof people) {
  const { name, password } = people[who]
  const answer = await page.request.post(`${server.url}/api/v1/sessions`, {
    data: { name, password },
    headers: { origin: server.url },
  })
  if (!answer.ok()) throw new Error(await answer.text())
}

/** Every page with its address, and who is to look at it. */
export function listPages({ videos }: Town): readonly PageOfTown[] {
  const { film, broken } = videos
  const site = [
    ['home', ''],
    ['watch', `watch/${film}`],
    ['watch-failed', `watch/${broken}`],
    ['upload', 'upload'],
    ['embed', `embed/${film}`],
  ] as const
  const console = [
    ['console', 'console'],
    ['console-videos', 'console/videos'],
    ['console-video', `console/videos/${film}`],
    ['console-video-failed', `console/videos/${broken}`],
    ['console-jobs', 'console/jobs'],
    ['console-runners', 'console/runners'],
    ['console-profiles', 'console/profiles'],
    ['console-profile', 'console/profiles/default'],
    ['console-policies', 'console/policies'],
    ['console-webhooks', 'console/webhooks'],
    ['console-people', 'console/people'],
    ['console-system', 'console/system'],
  ] as const
  return [
    { name: 'login', path: 'login', who: null },
    { name: 'home-stranger', path: '', who: null },
    ...[...site, ...console].map(([name, path]) => ({ name, path, who: 'admin' as const })),
  ]
}

export interface PageOfTown {
  readonly name: string
  /** Below the root. */
  readonly path: string
  readonly who: keyof typeof people | null
}

/** Opens a page and waits until it shows what it has to show. */
export async function showPage(page: Page, { path }: PageOfTown): Promise<void> {
  await page.goto(`/${path}`)
  await page.locator('h1, video').first().waitFor()
  // Asked again and again by the debugger: what waits in the page itself, its policy forbids.
  await waitFor(
    `all of ${page.url()}`,
    async () => (await page.evaluate<boolean>(isAllThere)) || null,
  )
}

const isAllThere = `
  !document.querySelector('[aria-hidden=true][class*=skeleton]') &&
  [...document.images].every((image) => image.complete || image.loading === 'lazy')`
