import type { Parts } from '../parts.ts'

/** A published version of which files are gone. */
export interface Missing {
  readonly videoId: string
  readonly version: number
  readonly files: number
  /** The first of them. */
  readonly example: string
}

const page = 100

/**
 * Published versions whose rows name files that the storage does not have: somebody took them, and
 * players stop there. Nothing of ours does that; a backup, or a new upload, mends it.
 */
export async function* findMissing(
  parts: Pick<Parts, 'database' | 'storage'>,
): AsyncGenerator<Missing> {
  const { database, storage } = parts
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const versions = await database
      .selectFrom('versions')
      .innerJoin('videos', (join) =>
        join
          .onRef('videos.id', '=', 'versions.video_id')
          .onRef('videos.published_version', '=', 'versions.number'),
      )
      .select(['versions.id', 'video_id', 'number', 'prefix'])
      .where('versions.id', '>', after)
      .orderBy('versions.id')
      .limit(page)
      .execute()
    for (const { id, video_id: videoId, number: version, prefix } of versions) {
      const there = new Set<string>()
      for await (const { key } of storage.list(prefix)) there.add(key)
      const folder = `${prefix.replace(/\/+$/, '')}/`
      const gone = (await listExpected(parts, id)).filter((path) => !there.has(folder + path))
      const [example] = gone
      if (example !== undefined) yield { videoId, version, files: gone.length, example }
    }
    if (versions.length < page) return
    after = versions.at(-1)?.id ?? after
  }
}

/** What a version's rows name, below its folder. */
async function listExpected(
  { database }: Pick<Parts, 'database'>,
  versionId: string,
): Promise<string[]> {
  const segments = await database
    .selectFrom('segments')
    .select(['track', 'number'])
    .where('version_id', '=', versionId)
    .orderBy('track')
    .orderBy('number')
    .execute()
  const tracks = new Set(segments.map(({ track }) => track))
  const files = await database
    .selectFrom('files')
    .select(['path', 'playlist_path'])
    .where('version_id', '=', versionId)
    .execute()
  return [
    ...(tracks.size > 0 ? ['master.m3u8', 'manifest.mpd'] : []),
    ...[...tracks].flatMap((track) => [`${track}/init.mp4`, `${track}/index.m3u8`]),
    ...segments.map(({ track, number }) => `${track}/${number}.m4s`),
    ...files.flatMap(({ path, playlist_path: playlist }) => (playlist ? [path, playlist] : [path])),
  ]
}
