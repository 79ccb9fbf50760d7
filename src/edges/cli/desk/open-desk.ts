import type { VideoDesk } from './desk.ts'

/** The desk of a server, or of this machine's own data: only one of the two is loaded. */
export async function openDesk(server: string | null, key: string | null): Promise<VideoDesk> {
  if (server === null) return (await import('./local-desk.ts')).openLocalDesk()
  return (await import('./server-desk.ts')).openServerDesk(server, key)
}
