import type { Config } from '#config/config.ts'
import type { MediaPlace } from '#videos/media-place.ts'

type Caching = Pick<Config, 'cacheControlPlaylists' | 'cacheControlFiles'>

/**
 * How long a file may be kept that is asked for at `/media/<id>/…`, where `named` is the version that
 * the address names, if it does (C-45). Playlists of whole files change when a file that nobody waited
 * for is finished. What only some may see is in nobody's cache but their own.
 */
export function cacheControlOf(
  { cacheControlFiles, cacheControlPlaylists }: Caching,
  { visibility, version, growing }: MediaPlace,
  { path, named }: { readonly path: string; readonly named: string | undefined },
): string {
  const isPrivate = visibility === 'private'
  const isFixed = named === String(version) && !growing && !path.endsWith('.m3u8')
  if (isPrivate)
    return isFixed ? `private, ${withoutPublic(cacheControlFiles)}` : 'private, no-cache'
  if (isFixed) return cacheControlFiles
  return /\.(m3u8|mpd)$/.test(path) ? cacheControlPlaylists : 'no-cache'
}

/** What of a setting does not concern caches that many share. */
function withoutPublic(setting: string): string {
  const directives = setting.split(',').map((directive) => directive.trim())
  return directives.filter((each) => !/^(public|private|s-maxage=.*)$/i.test(each)).join(', ')
}
