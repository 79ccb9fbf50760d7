import { ReelmillError } from '#errors/reelmill-error.ts'
import { checkAddress } from '#flow/check-address.ts'
import { createVideo } from '#flow/create-video.ts'
import { beginImport } from '#flow/imports/begin-import.ts'
import { openVideo, type VideoDetails } from '#flow/open-version.ts'
import type { Parts } from '#flow/parts.ts'
import { takeObject } from '#flow/take-object.ts'
import { waitingKeyOf } from '#flow/upload-keys.ts'
import { hasRole, type Principal } from '#people/principal.ts'
import { checkPath } from './source-path.ts'
import type { Source } from './source-reference.ts'

interface Wanted {
  readonly details: VideoDetails
  /** null: it waits for its upload. */
  readonly source: Source | null
}

/** Makes a video in the way that its source asks for; its id. */
export async function takeIn(
  parts: Parts,
  principal: Principal,
  { details, source }: Wanted,
): Promise<string> {
  if (details.webhookUrl !== undefined) await checkAddress(parts, details.webhookUrl)
  const isOperator = hasRole(principal, 'operator')
  switch (source?.kind) {
    case undefined:
      return openWaiting(parts, details)
    case 'path':
      if (!isOperator) {
        throw new ReelmillError(
          'forbidden',
          "Only operators may name files of the server's machine.",
        )
      }
      return createVideo(parts, { ...details, source: { kind: 'file', ...checkPath(source.path) } })
    case 'key':
      return takeObject(parts, details, { key: source.key, anyFolder: isOperator })
    case 'url':
      return beginImport(parts, details, source.url)
  }
}

async function openWaiting(parts: Parts, details: VideoDetails): Promise<string> {
  const { videoId } = await openVideo(parts, details, {
    filename: null,
    sourceKey: (place) => waitingKeyOf(place.videoId),
  })
  return videoId
}
