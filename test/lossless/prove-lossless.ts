import { basename } from 'node:path'
import { createVideo } from '#flow/create-video.ts'
import { loadPlannedVersion, type PlannedVersion } from '#flow/version.ts'
import { getVideo } from '#videos/get.ts'
import type { Server } from '../../src/server.ts'
import { waitFor } from '../support/wait-for.ts'
import { type FrameHashes, hashOutput, hashSound, hashUnchunked } from './frame-hashes.ts'
import type { Cutting } from './profiles.ts'
import { measureSoundLag, type SoundLag } from './sound-lag.ts'

/** What was seen of one source in all cuttings. */
export interface Proof {
  readonly source: string
  readonly access: string
  readonly frames: number
  readonly renditions: readonly string[]
  /** Chunks of each cutting. */
  readonly chunks: readonly number[]
  /** Every rendition of every cutting whose frames are not those of one ffmpeg over the file. */
  readonly differences: readonly string[]
  /** Of each track of sound. */
  readonly lags: readonly SoundLag[]
}

/** Encodes a source once per cutting, and compares all with each other and with plain ffmpeg. */
export async function proveLossless(
  server: Server,
  source: string,
  cuttings: readonly Cutting[],
): Promise<Proof> {
  const versions = await Promise.all(cuttings.map((cutting) => encode(server, source, cutting)))
  const [first] = versions
  if (!first) throw new TypeError('there is at least one cutting')
  const readable = locateReadable(server, first) ?? source
  const reference = first.plan.grid ? await hashUnchunked(readable, first) : {}
  const differences: string[] = []
  const sounds: FrameHashes[][] = []
  for (const [index, version] of versions.entries()) {
    const name = cuttings[index]?.name ?? ''
    const found = await comparePictures(server, version, reference)
    differences.push(...found.map((difference) => `${name}: ${difference}`))
    sounds.push(await hashSounds(server, version))
  }
  return {
    source: basename(source),
    access: first.media.access,
    frames: Object.values(reference)[0]?.length ?? 0,
    renditions: first.plan.video.map((rendition) => rendition.name),
    chunks: versions.map(({ plan }) => plan.chunks.length),
    differences: [...differences, ...compareSounds(sounds, cuttings)],
    lags: await measureLags(server, readable, first),
  }
}

async function encode(server: Server, path: string, { name }: Cutting): Promise<PlannedVersion> {
  const { parts, url } = server
  const source = { kind: 'file', path, filename: basename(path) } as const
  const videoId = await createVideo(parts, { source, profile: `lossless-${name}` })
  const video = await waitFor(
    `end of ${basename(path)} as ${name}`,
    async () => {
      const view = await getVideo(parts.database, videoId, url)
      return view?.state === 'published' || view?.state === 'failed' ? view : null
    },
    600_000,
  )
  if (video.error) throw new Error(`${path} as ${name}: ${JSON.stringify(video.error)}`)
  const { id } = await parts.database
    .selectFrom('versions')
    .select('id')
    .where('video_id', '=', videoId)
    .executeTakeFirstOrThrow()
  return loadPlannedVersion(parts.database, id)
}

async function comparePictures(
  server: Server,
  version: PlannedVersion,
  reference: Readonly<Record<string, FrameHashes>>,
): Promise<string[]> {
  const differences: string[] = []
  for (const { name } of version.plan.video) {
    const made = await hashOutput(locate(server, version, `${name}/index.m3u8`))
    const expected = reference[name] ?? []
    const difference = compareHashes(expected, made)
    if (difference !== null) differences.push(`${name} ${difference}`)
  }
  return differences
}

/** A sentence about the first difference; null when there is none. */
export function compareHashes(expected: FrameHashes, made: FrameHashes): string | null {
  if (made.length === 0) return 'is empty'
  if (made.length !== expected.length) return `has ${made.length} of ${expected.length} frames`
  const wrong = made.flatMap((hash, index) => (hash === expected[index] ? [] : [index]))
  return wrong.length === 0 ? null : `differs in ${wrong.length} frames, the first is ${wrong[0]}`
}

async function hashSounds(server: Server, version: PlannedVersion): Promise<FrameHashes[]> {
  return Promise.all(
    version.plan.audio.map(({ name }) => hashSound(locate(server, version, `${name}/index.m3u8`))),
  )
}

function compareSounds(
  sounds: readonly (readonly FrameHashes[])[],
  cuttings: readonly Cutting[],
): string[] {
  const [first = []] = sounds
  return sounds.flatMap((tracks, index) =>
    tracks.flatMap((track, number) => {
      const difference = compareHashes(first[number] ?? [], track)
      return difference === null ? [] : [`${cuttings[index]?.name}: sound ${number} ${difference}`]
    }),
  )
}

function measureLags(server: Server, path: string, version: PlannedVersion): Promise<SoundLag[]> {
  const { originSeconds, durationSeconds } = version.media
  return Promise.all(
    version.plan.audio.map(({ name, sourceStream: stream }) => {
      const output = locate(server, version, `${name}/index.m3u8`)
      return measureSoundLag(output, { path, stream, originSeconds }, durationSeconds)
    }),
  )
}

/** The copy that is read in place of a source without an index; null where there is none. */
function locateReadable({ parts }: Server, { readable_key: key }: PlannedVersion): string | null {
  return key === null ? null : parts.storage.localPath(key)
}

function locate({ parts }: Server, { prefix }: PlannedVersion, path: string): string {
  const located = parts.storage.localPath(`${prefix}${path}`)
  if (located === null) throw new TypeError('the output is in files')
  return located
}
