import { ReelmillError } from '#errors/reelmill-error.ts'
import { checkKey } from '#storage/keys.ts'
import { endUpload } from './end-upload.ts'
import { openVideo, type VideoDetails } from './open-version.ts'
import type { Parts } from './parts.ts'

/** An object of the storage that somebody names as the source of a video. */
export interface NamedObject {
  readonly key: string
  /** True for those who may read every video: also objects in folders of other videos. */
  readonly anyFolder: boolean
}

/** What only Reelmill writes to; objects there belong to videos, or did. */
const ownFolders = ['sources', 'videos', 'results', 'tmp', 'vod', 'attachments']

/**
 * Makes a video of an object that is in the storage already; it is read where it is and never
 * removed (U5). The video and its first step are written together.
 *
 * @returns the video's id.
 * @throws ReelmillError `key_invalid`, `source_key_forbidden`, `source_not_found`, `source_empty`,
 * `source_too_many_bytes`, and what `openVideo` throws.
 */
export async function takeObject(
  parts: Parts,
  details: VideoDetails,
  { key, anyFolder }: NamedObject,
): Promise<string> {
  checkKey(key)
  if (!anyFolder) await refuseFoldersOfVideos(parts, key)
  const sizeBytes = await measureObject(parts, key)
  const filename = key.slice(key.lastIndexOf('/') + 1)
  const { videoId } = await openVideo(parts, details, {
    filename,
    sourceKey: () => key,
    ownsSource: false,
    also: async (tx, { versionId }) => {
      await endUpload(parts, tx, { versionId, sizeBytes })
    },
  })
  return videoId
}

/**
 * Bytes of an object, once it is seen to be one that can be taken (V-64).
 *
 * @throws ReelmillError `source_not_found`, `source_empty`, `source_too_many_bytes`.
 */
export async function measureObject({ storage, config }: Parts, key: string): Promise<number> {
  const object = await storage.head(key)
  if (!object) {
    throw new ReelmillError('source_not_found', 'There is no object with this key.', {
      details: { key },
    })
  }
  const { sizeBytes } = object
  const maxBytes = config.sourceMaxBytes
  if (sizeBytes === 0) throw new ReelmillError('source_empty')
  if (sizeBytes > maxBytes) {
    throw new ReelmillError('source_too_many_bytes', undefined, {
      details: { sizeBytes, maxBytes },
    })
  }
  return sizeBytes
}

async function refuseFoldersOfVideos({ database }: Parts, key: string): Promise<void> {
  const names = key.split('/')
  if (names.length > 1 && ownFolders.includes(names[0] ?? '')) {
    throw new ReelmillError('source_key_forbidden')
  }
  const folders = names.slice(0, -1).map((_, end) => `${names.slice(0, end + 1).join('/')}/`)
  const owner = await database
    .selectFrom('versions')
    .select('id')
    .where((where) =>
      where.or([
        where.and([where('source_key', '=', key), where('owns_source', '=', true)]),
        ...(folders.length > 0 ? [where('prefix', 'in', folders)] : []),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  if (owner) throw new ReelmillError('source_key_forbidden')
}
