import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { type ExaminedHls, examineHls } from '#media/single-file/examine-result.ts'
import { writeSingleFilePlaylist } from '#media/single-file/write-playlist.ts'
import { nameHlsFiles } from '#stages/planning/whole-files/names.ts'
import { programsOf } from '../programs.ts'
import { announceFiles } from '../whole-files/announce-files.ts'
import { putMaster } from '../whole-files/put-master.ts'
import { removeWebVideos } from '../whole-files/remove-web-videos.ts'
import type { Completion, JobKind } from './job-kind.ts'
import { readAsFile, stagedFile } from './staged-path.ts'
import { findOrder, findStaged, moveStaged, type OrderedFile } from './whole-file.ts'

/**
 * An HLS rendition in one file (runner protocol 2.2; D-65 to D-69): proven, its playlist written
 * anew, and in the multivariant playlist from then on.
 */
export const hls: JobKind = {
  files: ['videoFile', 'resolutionPlaylistFile'],
  fields: [],
  complete: async (parts, completion) => {
    const { version, scratch, signal } = completion
    const order = findOrder(completion)
    const names = nameHlsFiles(order.names)
    const staged = stagedFile(completion, 'videoFile')
    const mediaKey = version.prefix + names.media
    const paths = {
      media: await findStaged(parts, staged, mediaKey, scratch),
      playlist: await readAsFile(
        parts,
        stagedFile(completion, 'resolutionPlaylistFile').key,
        scratch,
      ),
    }
    const programs = programsOf(parts)
    const examined = await examineHls(paths, order.expected, { signal, programs })
    await moveStaged(parts, staged, mediaKey)
    const playlist = writeSingleFilePlaylist(examined.playlist, {
      mediaName: names.media,
      independent: examined.independent,
    })
    await parts.storage.put(version.prefix + names.playlist, Buffer.from(playlist))
    return async (tx) => {
      await recordFile(tx, completion, { order, examined, names })
      if (order.rendition.deleteWebVideoFiles) await removeWebVideos(parts, tx, version)
      await putMaster(parts, tx, version)
      await announceFiles(tx, version)
    }
  },
}

interface Made {
  readonly order: OrderedFile
  readonly examined: ExaminedHls
  readonly names: { readonly media: string; readonly playlist: string }
}

async function recordFile(
  tx: Transaction<Tables>,
  { version }: Completion,
  { order, examined, names }: Made,
): Promise<void> {
  const { probed, track, hashes, targetDurationSeconds } = examined
  const { video, audio } = probed
  const { name, resolution } = order.rendition
  const codecs = [track.video?.codecs, track.audio?.codecs].filter((each) => each !== undefined)
  await tx
    .deleteFrom('files')
    .where('version_id', '=', version.id)
    .where('path', '=', names.media)
    .execute()
  await tx
    .insertInto('files')
    .values({
      version_id: version.id,
      kind: 'hls',
      path: names.media,
      playlist_path: names.playlist,
      resolution,
      width: track.video?.width ?? null,
      height: track.video?.height ?? null,
      fps: video?.fps ?? null,
      codecs: codecs.join(','),
      has_video: video !== null,
      has_audio: audio !== null,
      bytes: probed.sizeBytes,
      duration_seconds: probed.durationSeconds,
      peak_bps: Math.ceil(track.peakBps),
      average_bps: Math.ceil(track.averageBps),
      facts: JSON.stringify({ name, hashes, track, targetDurationSeconds }),
    })
    .execute()
}
