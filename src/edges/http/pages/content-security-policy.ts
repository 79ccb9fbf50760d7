import type { Config } from '#config/config.ts'
import type { Storage } from '#storage/contract.ts'

/**
 * What pages may load: no script or style that stands in them, media of this server and of where the
 * public ones are served past it. hls.js plays from blobs, and gives its text tracks an empty file as
 * a `data:` address.
 *
 * @param framedBy whose pages may show these in a frame: our own, or everybody's.
 */
export function writeContentSecurityPolicy(
  { s3PublicFolders }: Pick<Config, 's3PublicFolders'>,
  { signer }: Pick<Storage, 'signer'>,
  framedBy: "'self'" | '*' = "'self'",
): string {
  const addresses = s3PublicFolders.flatMap((folder) => signer?.publicUrl(`${folder}/x`) ?? [])
  const media = ["'self'", ...new Set(addresses.map((address) => new URL(address).origin))].join(
    ' ',
  )
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${media} data:`,
    `media-src ${media} blob: data:`,
    `connect-src ${media}`,
    "worker-src 'self' blob:",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${framedBy}`,
  ].join('; ')
}
