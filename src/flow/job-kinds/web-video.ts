import { examineFile } from '#media/single-file/examine-result.ts'
import { nameWebVideo } from '#stages/planning/whole-files/names.ts'
import { programsOf } from '../programs.ts'
import { announceFiles } from '../whole-files/announce-files.ts'
import type { JobKind } from './job-kind.ts'
import { stagedFile } from './staged-path.ts'
import { findOrder, findStaged, moveStaged } from './whole-file.ts'

/** A rendition as one MP4 (runner protocol 2.1, 2.3): proven, and there to be downloaded. */
export const webVideo: JobKind = {
  files: ['videoFile'],
  fields: [],
  complete: async (parts, completion) => {
    const { version, scratch, signal } = completion
    const order = findOrder(completion)
    const path = nameWebVideo(order.names)
    const staged = stagedFile(completion, 'videoFile')
    const programs = programsOf(parts)
    const probed = await examineFile(
      await findStaged(parts, staged, version.prefix + path, scratch),
      order.expected,
      { signal, programs },
    )
    await moveStaged(parts, staged, version.prefix + path)
    const { video, audio, sizeBytes, durationSeconds } = probed
    const codecs = [video?.codecs, audio?.codecs].filter((each) => each !== undefined)
    const bps = durationSeconds > 0 ? Math.ceil((sizeBytes * 8) / durationSeconds) : null
    return async (tx) => {
      await tx
        .deleteFrom('files')
        .where('version_id', '=', version.id)
        .where('path', '=', path)
        .execute()
      await tx
        .insertInto('files')
        .values({
          version_id: version.id,
          kind: 'web-video',
          path,
          resolution: order.rendition.resolution,
          width: video?.width ?? null,
          height: video?.height ?? null,
          fps: video?.fps ?? null,
          codecs: codecs.join(','),
          has_video: video !== null,
          has_audio: audio !== null,
          bytes: sizeBytes,
          duration_seconds: durationSeconds,
          average_bps: bps,
          facts: JSON.stringify({ name: order.rendition.name }),
        })
        .execute()
      await announceFiles(tx, version)
    }
  },
}
