import type { Config } from '#config/config.ts'
import type { PutOptions, Storage } from './contract.ts'
import { mediaTypeOf } from './media-types.ts'

type Caching = Pick<Config, 'cacheControlPlaylists' | 'cacheControlFiles' | 's3ObjectParameters'>

/**
 * A storage whose objects tell by themselves what they are and how long they may be kept, for those
 * who read them from the bucket or the CDN (U14, C-45). Every version has a folder of its own, so
 * only its playlists may ever change.
 */
export function withObjectHeaders(storage: Storage, caching: Caching): Storage {
  return {
    ...storage,
    put: (key, body, options) => storage.put(key, body, { ...headersOf(key, caching), ...options }),
    putFile: (key, path, options) =>
      storage.putFile(key, path, { ...headersOf(key, caching), ...options }),
    copy: (from, to, options) => storage.copy(from, to, { ...headersOf(to, caching), ...options }),
  }
}

function headersOf(key: string, caching: Caching): PutOptions {
  const media = mediaTypeOf(key)
  if (!media) return {}
  // What an operator says of all objects there is meant for these too.
  if (caching.s3ObjectParameters['CacheControl'] !== undefined) return { contentType: media.type }
  const isPlaylist = /\.(m3u8|mpd)$/.test(key)
  const cacheControl = isPlaylist ? caching.cacheControlPlaylists : caching.cacheControlFiles
  return { contentType: media.type, cacheControl }
}
