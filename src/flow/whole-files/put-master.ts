import { text } from 'node:stream/consumers'
import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { type SingleFileTrack, writeSingleFileMaster } from '#media/single-file/master.ts'
import { nameHlsIndex } from '#stages/planning/whole-files/names.ts'
import type { Parts } from '../parts.ts'
import type { Version } from '../version.ts'

/** The name that every output folder has for the playlist that players begin with. */
const masterName = 'master.m3u8'

/**
 * Writes the multivariant playlist of a version's HLS files as they are now, and where PeerTube's
 * names are kept the list of hashes too (D-67; runner protocol 6.6). An object is replaced whole, so
 * no reader meets half a file (WD12). `tx` holds the version's row: two files that are finished at
 * once are both in the list.
 */
export async function putMaster(
  { storage }: Parts,
  tx: Transaction<Tables>,
  { id, prefix, plan }: Version,
): Promise<void> {
  if (plan?.kind !== 'whole-files' || !plan.hls) return
  const files = await tx
    .selectFrom('files')
    .select(['path', 'playlist_path', 'facts'])
    .where('version_id', '=', id)
    .where('kind', '=', 'hls')
    .execute()
  if (files.length === 0) return
  const tracks = files.map(({ playlist_path, facts }) => ({
    // Sound: the journey itself wrote it (job-kinds/hls.ts).
    ...(facts['track'] as Omit<SingleFileTrack, 'playlistName'>),
    playlistName: playlist_path ?? '',
  }))
  const master = Buffer.from(writeSingleFileMaster(tracks))
  await alignTargets(storage, prefix, files)
  const { master: ownName, segmentHashes } = nameHlsIndex(plan.naming, id)
  for (const name of new Set([masterName, ownName])) await storage.put(prefix + name, master)
  if (plan.naming !== 'peertube') return
  const hashes = Object.fromEntries(files.map(({ path, facts }) => [path, facts['hashes']]))
  await storage.put(prefix + segmentHashes, Buffer.from(JSON.stringify(hashes)))
}

interface HlsFile {
  readonly playlist_path: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

/**
 * All media playlists of a video must have one target duration (Apple's rule 8.2), and the longest
 * segment may be in the file that is finished last. They are ours, so their line can be replaced.
 */
async function alignTargets(
  storage: Parts['storage'],
  prefix: string,
  files: readonly HlsFile[],
): Promise<void> {
  const target = Math.max(...files.map(({ facts }) => Number(facts['targetDurationSeconds'])))
  for (const { playlist_path } of files) {
    const key = `${prefix}${playlist_path}`
    const written = await text(await storage.get(key))
    const aligned = written.replace(/^(#EXT-X-TARGETDURATION:)\d+$/m, `$1${target}`)
    if (aligned !== written) await storage.put(key, Buffer.from(aligned))
  }
}
