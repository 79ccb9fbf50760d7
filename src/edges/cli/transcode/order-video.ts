import { basename } from 'node:path'
import { createVideo } from '#flow/create-video.ts'
import type { Server } from '../../../server.ts'
import { followVideo } from './follow-video.ts'
import { placeProfile } from './place-profile.ts'

interface Order {
  readonly file: string
  /** A name, or a path to a file that holds a profile. */
  readonly profile: string
}

/**
 * Has a file made a video, and shows how it goes on.
 *
 * @returns the folder of its finished files.
 * @throws ReelmillError the video's own when it fails; `profile_not_found`, `profile_invalid`,
 * `encoder_missing`; `cancelled` when the signal says so.
 */
export async function orderVideo(
  server: Server,
  { file, profile }: Order,
  signal: AbortSignal,
): Promise<string> {
  const { parts } = server
  const name = await placeProfile(profile, parts.config.dataDir)
  const source = { kind: 'file', path: file, filename: basename(file) } as const
  const videoId = await createVideo(parts, { profile: name, source })
  return followVideo(server, videoId, signal)
}
