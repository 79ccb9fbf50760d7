import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ObjectInfo } from '#storage/contract.ts'
import type { Parts } from '../parts.ts'
import { settledFolderStart } from '../upload-keys.ts'

/** The folders of ours, each with a folder for each video, or job, in it. */
const roots = ['sources/', 'videos/', 'vod/', 'tmp/', 'results/'] as const

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const place = new RegExp(`^(sources|videos|vod|tmp|results)/(${uuid})/(.+)$`)
/** Output where profiles of ours put it; others' folders may lie beside. */
const output = new RegExp(`^(?:videos/${uuid}/\\d+|vod/${uuid}/video/\\d+)/`)

/** So many are judged by one look at the rows. */
const batch = 500

/**
 * Objects that no row knows of, in the folders of ours and older than `olderThanMs`: rows are there
 * before their objects, so a running server is writing none of them. What is not named as ours are is
 * somebody else's and left alone; and in `vod/`, where applications keep theirs by ids of their own, also
 * what has another id than that of a video which is here, or was.
 */
export async function* findOrphans(
  { database, storage }: Pick<Parts, 'database' | 'storage'>,
  { olderThanMs, now = new Date() }: { readonly olderThanMs: number; readonly now?: Date },
): AsyncGenerator<ObjectInfo> {
  for (const root of roots) {
    let waiting: ObjectInfo[] = []
    for await (const info of storage.list(root)) {
      if (!place.test(info.key) || now.getTime() - info.modifiedAt.getTime() < olderThanMs) continue
      waiting.push(info)
      if (waiting.length < batch) continue
      yield* judge(database, waiting)
      waiting = []
    }
    yield* judge(database, waiting)
  }
}

async function* judge(
  database: Kysely<Tables>,
  objects: readonly ObjectInfo[],
): AsyncGenerator<ObjectInfo> {
  if (objects.length === 0) return
  const ids = [...new Set(objects.map(({ key }) => place.exec(key)?.[2] ?? ''))]
  const all = objects.map(({ key }) => key)
  const known = { ...(await readKnown(database, ids)), folders: await readFolders(database, all) }
  const keys = await readReferenced(database, all)
  for (const info of objects) {
    const [, root = '', id = '', rest = ''] = place.exec(info.key) ?? []
    if (!keys.has(info.key) && !isKnown(known, { root, id, rest, key: info.key })) yield info
  }
}

interface Known {
  readonly videos: ReadonlySet<string>
  /** "<video>/<number>" */
  readonly versions: ReadonlySet<string>
  /** Of videos that were deleted. */
  readonly deleted: ReadonlySet<string>
  /** Without "/" at their ends. */
  readonly folders: ReadonlySet<string>
  readonly jobs: ReadonlySet<string>
}

interface Place {
  readonly root: string
  readonly id: string
  readonly rest: string
  readonly key: string
}

function isKnown(known: Known, { root, id, rest, key }: Place): boolean {
  const [folder = ''] = rest.split('/')
  switch (root) {
    case 'results':
      return known.jobs.has(id)
    case 'sources':
      // What ended in a bucket is named by its version; another folder that is no version's holds what
      // an edit was ordered with.
      if (folder.startsWith(settledFolderStart)) return false
      return known.versions.has(`${id}/${folder}`) || (!isNumber(folder) && known.videos.has(id))
    case 'tmp':
      // Uploads of sources are named by their versions; others belong to the video.
      return folder !== 'video' && known.videos.has(id)
    default:
      if (!output.test(key) || (root === 'vod' && !isIdOfOurs(known, id))) return true
      return listFolders(key).some((above) => known.folders.has(above))
  }
}

function isIdOfOurs({ videos, deleted }: Known, id: string): boolean {
  return videos.has(id) || deleted.has(id)
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}

/** "a", "a/b" of "a/b/c". */
function listFolders(key: string): string[] {
  const names = key.split('/')
  return names.slice(1).map((_, end) => names.slice(0, end + 1).join('/'))
}

async function readKnown(
  database: Kysely<Tables>,
  ids: readonly string[],
): Promise<Omit<Known, 'folders'>> {
  const videos = await database.selectFrom('videos').select('id').where('id', 'in', ids).execute()
  const versions = await database
    .selectFrom('versions')
    .select(['video_id', 'number'])
    .where('video_id', 'in', ids)
    .execute()
  // Kept for this (sweep-records.ts).
  const deletions = await database
    .selectFrom('events')
    .select('video_id')
    .where('video_id', 'in', ids)
    .where('type', '=', 'video.deleted')
    .execute()
  const jobs = await database
    .selectFrom('jobs')
    .select('uuid')
    .where('uuid', 'in', ids)
    .where('state', 'in', ['processing', 'completing'])
    .execute()
  return {
    videos: new Set(videos.map(({ id }) => id)),
    versions: new Set(versions.map(({ video_id, number }) => `${video_id}/${number}`)),
    deleted: new Set(deletions.map(({ video_id }) => video_id)),
    jobs: new Set(jobs.map((job) => job.uuid)),
  }
}

/** Folders above these objects in which versions of whichever videos have their output. */
async function readFolders(
  database: Kysely<Tables>,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const folders = [...new Set(keys.flatMap(listFolders))]
  const prefixes = [...folders, ...folders.map((folder) => `${folder}/`)]
  const versions = await database
    .selectFrom('versions')
    .select(['prefix', 'plan', 'state'])
    .where(sql<boolean>`prefix = any(${prefixes})`)
    .execute()
  const made = versions.filter(({ state, plan }) => !isRetired(state) || plan !== null)
  return new Set(made.map(({ prefix }) => prefix.replace(/\/+$/, '')))
}

/** Without a plan, nothing that was made of these is meant to be there (retire-failed.ts). */
function isRetired(state: string): boolean {
  return state === 'failed' || state === 'cancelled'
}

/** Objects that rows name, wherever they lie: an application's may lie in a folder like ours. */
async function readReferenced(
  database: Kysely<Tables>,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('versions')
    .select(['source_key', 'readable_key'])
    .where((is) => is.or([is('source_key', 'in', keys), is('readable_key', 'in', keys)]))
    .execute()
  return new Set(rows.flatMap((row) => [row.source_key, row.readable_key ?? '']))
}
