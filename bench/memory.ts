import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { readMemory } from './measure/process-memory.ts'
import { makeStill } from './media/make-source.ts'
import { openServerDatabase } from './system/open-server-database.ts'
import { registerRunner } from './system/register-runner.ts'
import { type ServerProcess, startServerProcess } from './system/server-process.ts'
import { createVideo, readVideo, waitForState } from './system/video-client.ts'

/** Viewers that ask at the same time, and how often each asks for everything. */
const crowd = { viewers: 8, rounds: 5 }

/** What a long video takes of the server's memory. */
export const memory: Bench = {
  name: 'memory',
  sentence: "the server process's resident memory with a long video planned, nothing encoded",
  async run(context) {
    const hours = context.short ? 0.25 : 2
    const source = await makeStill(context, { seconds: hours * 3600, height: 1080 })
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0' } })
    try {
      return await measureServer(context, server, source, hours)
    } finally {
      await server.stop()
    }
  },
}

async function measureServer(
  { say, short }: BenchContext,
  server: ServerProcess,
  source: string,
  hours: number,
): Promise<Figure[]> {
  const { database, close } = await openServerDatabase(server.dataDir)
  try {
    const idleMb = readMemory(server.pid).nowMb
    await promiseEncoders(database, server.url)
    const { id } = await createVideo(server.url, source)
    await waitForState(server.url, id, ['encoding'])
    const plannedMb = readMemory(server.pid).peakMb
    say(`planned: ${Math.round(plannedMb)} MB at most`)
    const few = await fillSegments(database, id, (hours * 3600) / 6)
    await askForEverything(server.url, id, 1)
    const fewMb = readMemory(server.pid).peakMb
    say(`${few} segments asked for: ${Math.round(fewMb)} MB at most`)
    const many = await fillSegments(database, id, short ? 1000 : 8000)
    await askForEverything(server.url, id, 1)
    const manyMb = readMemory(server.pid).peakMb
    say(`${many} segments asked for: ${Math.round(manyMb)} MB at most`)
    await askForEverything(server.url, id, crowd.viewers)
    const crowdMb = readMemory(server.pid).peakMb
    return [
      { name: 'idle', value: idleMb, unit: 'MB' },
      ...[
        { name: `peak, ${hours} h planned`, value: plannedMb },
        { name: `peak, ${few} segments, one viewer`, value: fewMb },
        { name: `peak, ${many} segments, one viewer`, value: manyMb },
        { name: `peak, ${many} segments, ${crowd.viewers} viewers at once`, value: crowdMb },
      ].map((figure) => ({ ...figure, unit: 'MB', target: { atMost: 400 } })),
      {
        name: `growth for each segment, ${few} to ${many}`,
        value: ((manyMb - fewMb) * 1e6) / (many - few),
        unit: 'bytes',
        target: { atMost: 500 },
      },
    ]
  } finally {
    await close()
  }
}

/** A server takes in nothing that no runner could encode: one says that it can, and never comes. */
async function promiseEncoders(database: Kysely<Tables>, server: string): Promise<void> {
  const { token: registrationToken } = await createRegistrationToken(database)
  const encoders = ['libx264', 'aac']
  await registerRunner({ server, registrationToken, name: 'promise', encoders })
}

/**
 * Makes rows as runners' segments would, up to so many in each track of the plan, and the video
 * playable. The samples are those of the picture; nothing here depends on them.
 *
 * @returns how many there are in all tracks.
 */
async function fillSegments(
  database: Kysely<Tables>,
  videoId: string,
  perTrack: number,
): Promise<number> {
  const version = await database
    .selectFrom('versions')
    .select(['id', 'plan'])
    .where('video_id', '=', videoId)
    .executeTakeFirstOrThrow()
  const { video, audio } = version.plan as unknown as {
    readonly [kind in 'video' | 'audio']: readonly { readonly name: string }[]
  }
  for (const { name } of [...video, ...audio]) {
    const codecs = video.some((each) => each.name === name) ? 'avc1.640028' : 'mp4a.40.2'
    const keyframes = JSON.stringify([0, 1, 2].map((gop) => [gop * 90_000 + 812, 61_234, 24_576]))
    await sql`insert into tracks values (${version.id}, ${name}, ${codecs}, 12288, ${Buffer.alloc(800)})
      on conflict do nothing`.execute(database)
    await sql`insert into segments
      select ${version.id}, ${name}, number, 73728, 700000 + number % 1000, 144, ${keyframes}::jsonb
      from generate_series(0, ${Math.round(perTrack)}::int - 1) as number
      on conflict do nothing`.execute(database)
  }
  await sql`update versions set playable_at = now() where id = ${version.id}`.execute(database)
  return Math.round(perTrack) * (video.length + audio.length)
}

/** As many viewers at once as said fetch the view of the video and all playlists, several times. */
async function askForEverything(server: string, id: string, viewers: number): Promise<void> {
  const base = `${server}/media/${id}/`
  const master = await fetchPlaylist(`${base}master.m3u8`)
  const names = [...master.matchAll(/^([^#\s].*)$|TYPE=AUDIO.*URI="([^"]+)"/gm)].map(
    ([, variant, sound]) => variant ?? sound ?? '',
  )
  const view = async (): Promise<void> => {
    for (let round = 0; round < crowd.rounds; round++) {
      await readVideo(server, id)
      for (const name of names) await fetchPlaylist(new URL(name, base).href)
    }
  }
  await Promise.all(Array.from({ length: viewers }, view))
}

async function fetchPlaylist(url: string): Promise<string> {
  const response = await fetch(url)
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} was answered ${response.status}: ${text}`)
  return text
}
