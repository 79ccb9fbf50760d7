import { basename, extname } from 'node:path/posix'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import type { Output, Result } from '#stages/notifying/result.ts'
import { getVideo } from '#videos/get.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import type { ClaimedDelivery } from '#webhooks/claim-deliveries.ts'
import type { Parts } from '../parts.ts'

/**
 * What the version of a delivery has become, for formats that tell it. Of a video that is gone it is
 * what the event itself says.
 */
export async function describeResult(parts: Parts, delivery: ClaimedDelivery): Promise<Result> {
  const { videoId, type, data } = delivery
  const id = videoId ?? ''
  const number = typeof data['version'] === 'number' ? data['version'] : null
  const version = await findVersion(parts, id, number ?? 0)
  const state = type.replace(/^video\./, '')
  const isShown = state === 'published' && version !== null
  return {
    videoId: id,
    externalId: typeof data['externalId'] === 'string' ? data['externalId'] : null,
    version: number,
    state,
    // Sound: whoever records a failure writes one.
    error: (data['error'] as ErrorRecord | undefined) ?? null,
    source: version?.source ?? { name: null, key: null, sizeBytes: null },
    outputs: isShown ? await listOutputs(parts, id, version.prefix) : [],
  }
}

async function findVersion({ database }: Parts, videoId: string, number: number) {
  const version = await database
    .selectFrom('versions')
    .select(['prefix', 'source_key', 'source_name', 'source_bytes'])
    .where('video_id', '=', videoId)
    .where('number', '=', number)
    .executeTakeFirst()
  if (!version) return null
  const { prefix, source_key: key, source_name: name, source_bytes: sizeBytes } = version
  return { prefix, source: { name, key, sizeBytes } }
}

type Found = Pick<Output, 'step' | 'url'>

async function listOutputs(parts: Parts, videoId: string, prefix: string): Promise<Output[]> {
  const view = await getVideo(parts.database, videoId, mediaOriginsOf(parts))
  if (view === null) return []
  const { hls, dash, mp4, thumbnail, storyboard, transcripts } = view.urls
  const one = (step: Output['step'], url: string | null): Found[] => (url ? [{ step, url }] : [])
  const many = (step: Output['step'], urls: Readonly<Record<string, string>>) =>
    Object.values(urls).flatMap((url) => one(step, url))
  const found = [
    ...one('hls', hls),
    ...one('dash', dash),
    ...many('mp4', mp4),
    ...one('thumbnail', thumbnail),
    ...one('storyboard', storyboard),
    ...many('transcript', transcripts),
  ]
  const streamBytes = view.renditions.reduce((sum, { bytes }) => sum + bytes, 0)
  return Promise.all(
    found.map(async ({ step, url }) => {
      const name = decodeURIComponent(basename(new URL(url).pathname))
      const key = prefix + name
      const isStream = step === 'hls' || step === 'dash'
      const sizeBytes = isStream ? streamBytes : await sizeOf(parts, key)
      return { step, name, key, url, mime: mimeOf(name), sizeBytes }
    }),
  )
}

/** null where it lies elsewhere. */
async function sizeOf({ storage }: Parts, key: string): Promise<number | null> {
  return (await storage.head(key))?.sizeBytes ?? null
}

const mimes: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mpd': 'application/dash+xml',
  '.vtt': 'text/vtt',
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
}

function mimeOf(name: string): string {
  return mimes[extname(name)] ?? 'application/octet-stream'
}
