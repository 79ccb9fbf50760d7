import { root } from './root.ts'

/**
 * The address of a video's file as this page reaches it. The server names its files by the one
 * address that it knows of itself, and people may have come by another, as by that of the machine in
 * its network. What lies elsewhere, as in a bucket, stays as it is.
 */
export function mediaHere(url: string, videoId: string): string {
  const { pathname, search } = new URL(url, root)
  const at = pathname.indexOf(`/media/${videoId}/`)
  return at < 0 ? url : new URL(`${pathname.slice(at + 1)}${search}`, root).href
}
