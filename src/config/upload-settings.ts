import { integer } from './setting-kinds.ts'

/** How long uploads that come in pieces are waited for. */
export const uploadSettings = {
  uploadExpirationSeconds: integer(
    {
      name: 'UPLOAD_EXPIRATION',
      fallback: String(24 * 3600),
      unit: 'seconds',
      sentence: 'How long a resumable upload is kept that nobody adds to.',
    },
    1,
    365 * 24 * 3600,
  ),
  uploadIdleSeconds: integer(
    {
      name: 'UPLOAD_IDLE',
      fallback: '60',
      unit: 'seconds',
      sentence: 'After how long the connection of a resumable upload that sends nothing is cut.',
    },
    1,
    3600,
  ),
} as const
