/**
 * Fetches what a player needs for its first picture and sound: the multivariant playlist, the
 * playlists of the lowest variant and of its sound, and of both the init and the first segment.
 *
 * @returns false when any of it is not there yet.
 */
export async function playBeginning(server: string, videoId: string): Promise<boolean> {
  const base = `${server}/media/${videoId}/`
  const master = await fetchText(`${base}master.m3u8`)
  if (master === null) return false
  const lowest = findLowestVariant(master)
  const sound = /TYPE=AUDIO.*URI="([^"]+)"/.exec(master)?.[1]
  if (lowest === null) return false
  const tracks = sound === undefined ? [lowest] : [lowest, sound]
  const played = await Promise.all(tracks.map((track) => playTrack(new URL(track, base).href)))
  return played.every(Boolean)
}

function findLowestVariant(master: string): string | null {
  const variants = [...master.matchAll(/#EXT-X-STREAM-INF:(?:.*,)?BANDWIDTH=(\d+).*\n(.+)/g)]
  const sorted = variants.sort((a, b) => Number(a[1]) - Number(b[1]))
  return sorted[0]?.[2]?.trim() ?? null
}

async function playTrack(playlistUrl: string): Promise<boolean> {
  const playlist = await fetchText(playlistUrl)
  const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(playlist ?? '')?.[1]
  const segment = /^[^#\s].*$/m.exec(playlist ?? '')?.[0]
  if (init === undefined || segment === undefined) return false
  const found = await Promise.all(
    [init, segment].map((name) => fetchSize(new URL(name, playlistUrl).href)),
  )
  return found.every((size) => size > 0)
}

async function fetchText(url: string): Promise<string | null> {
  const response = await fetch(url)
  const text = await response.text()
  return response.ok ? text : null
}

async function fetchSize(url: string): Promise<number> {
  const response = await fetch(url)
  const { byteLength } = await response.arrayBuffer()
  return response.ok ? byteLength : 0
}
