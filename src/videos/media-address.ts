import type { Config } from '#config/config.ts'
import type { Visibility } from '#database/tables.ts'
import type { Storage } from '#storage/contract.ts'
import { baseUrlOf } from './base-url.ts'

/** Where viewers reach what they fetch. */
export interface MediaOrigins {
  /** The server, without a "/" at the end. */
  readonly baseUrl: string
  /** The address of an object that everybody may read past the server, at the CDN or the bucket. */
  readonly publicUrl: ((key: string) => string | null) | null
}

/** The same; a text: through the server alone. */
export type MediaBase = MediaOrigins | string

/** Where viewers of this installation reach what they fetch. */
export function mediaOriginsOf({
  config,
  storage,
}: {
  readonly config: Config
  readonly storage: Storage
}): MediaOrigins {
  const { signer } = storage
  return {
    baseUrl: baseUrlOf(config),
    publicUrl: signer ? (key) => signer.publicUrl(key) : null,
  }
}

interface Addressed {
  readonly id: string
  readonly visibility: Visibility
  readonly published_version: number | null
  readonly published_prefix: string | null
}

/**
 * The addresses of a video's files by their paths (M-09, M-43, C-26). This is the only place that
 * decides who may pass the server by: viewers of what is published of a public video, and nobody
 * else. That of a picture names its version, so that it may be kept for ever (M-44); in the bucket
 * every version has a folder of its own.
 */
export function addressesIn(
  base: MediaBase,
  { id, visibility, published_version: version, published_prefix: prefix }: Addressed,
): (path: string) => string {
  const { baseUrl, publicUrl } = typeof base === 'string' ? throughServer(base) : base
  const isOpen = visibility === 'public' && version !== null && prefix !== null
  return (path) => {
    const elsewhere = isOpen && publicUrl ? publicUrl(`${prefix}${path}`) : null
    if (elsewhere !== null) return elsewhere
    const named = path.endsWith('.jpg') && version !== null ? `?v=${version}` : ''
    return `${baseUrl}/media/${id}/${path}${named}`
  }
}

function throughServer(baseUrl: string): MediaOrigins {
  return { baseUrl, publicUrl: null }
}

/** The server itself, without a "/" at the end: for what lies in no version's folder. */
export function serverIn(base: MediaBase): string {
  return typeof base === 'string' ? base : base.baseUrl
}
