import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** A file that packaging made beside the tracks. */
export interface MadeFile {
  readonly kind: 'storyboard' | 'mp4'
  /** In the version's folder. */
  readonly path: string
  /** Of everything that belongs to it. */
  readonly bytes: number
  /** Of a film: its pictures. */
  readonly video?: { readonly width: number; readonly height: number; readonly fps: number }
  readonly codecs?: string
  readonly hasAudio?: boolean
  readonly facts?: FilmFacts
}

/** What of a film is checked before it is published. */
export interface FilmFacts {
  /** The rendition that it holds. */
  readonly name: string
  /** Of each track, in their order. */
  readonly samples: readonly number[]
}

/** Records what packaging made, in place of what an earlier try of it did. */
export async function recordFiles(
  tx: Transaction<Tables>,
  versionId: string,
  files: readonly MadeFile[],
): Promise<void> {
  await tx
    .deleteFrom('files')
    .where('version_id', '=', versionId)
    .where('kind', 'in', ['storyboard', 'mp4'])
    .execute()
  if (files.length === 0) return
  await tx
    .insertInto('files')
    .values(files.map((file) => toRow(versionId, file)))
    .execute()
}

function toRow(versionId: string, { kind, path, bytes, video, ...film }: MadeFile) {
  return {
    version_id: versionId,
    kind,
    path,
    bytes,
    width: video?.width ?? null,
    height: video?.height ?? null,
    resolution: video ? Math.min(video.width, video.height) : null,
    fps: video?.fps ?? null,
    codecs: film.codecs ?? null,
    has_video: video !== undefined,
    has_audio: film.hasAudio ?? false,
    facts: JSON.stringify(film.facts ?? {}),
  }
}
