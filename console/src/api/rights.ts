import type { Video } from './client.ts'
import { hasRole, type Session } from './session.ts'

/** Whether one may change and delete a video, as the server decides it (people/rights.ts). */
export function mayChange(
  session: Session | undefined,
  { ownerId }: Pick<Video, 'ownerId'>,
): boolean {
  if (hasRole(session, 'operator')) return true
  return hasRole(session, 'uploader') && ownerId !== null && session?.user?.id === ownerId
}
