import { checkAddress } from '../check-address.ts'
import { openVideo, type VideoDetails } from '../open-version.ts'
import type { Parts } from '../parts.ts'
import { filenameOf } from './filename-of.ts'

/** The queue of imports; their data is a version's id. */
export const importing = 'importing'

/**
 * Makes a video whose source is fetched from an address, by whichever server is free: its rows and
 * the order to fetch are written together (U5, V-50).
 *
 * @returns the video's id.
 * @throws ReelmillError `address_invalid`, `address_refused` (security.md 2), and what `openVideo`
 * throws. A name that does not resolve yet is tried again by the import itself.
 */
export async function beginImport(
  parts: Parts,
  details: VideoDetails,
  url: string,
): Promise<string> {
  await checkAddress(parts, url)
  const { videoId } = await openVideo(parts, details, {
    filename: filenameOf(url),
    also: async (tx, { versionId }) => {
      await tx.insertInto('imports').values({ version_id: versionId, url }).execute()
      await parts.queue.enqueue(tx, importing, { versionId })
    },
  })
  return videoId
}
