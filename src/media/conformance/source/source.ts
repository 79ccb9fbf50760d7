/** Part of a file: `length` bytes from `offset`. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** What HTTP said beside the bytes; null for a folder. */
export interface DeliveryFacts {
  readonly contentType: string | null
  readonly contentEncoding: string | null
  readonly redirected: boolean
}

/** The bytes, or a sentence saying why there are none. */
export type ReadResult =
  | { readonly ok: true; readonly bytes: Buffer; readonly delivery: DeliveryFacts | null }
  | { readonly ok: false; readonly reason: string }

/**
 * Where an output is read from. Addresses are "/"-separated paths below the folder, or whole URLs.
 * Nothing here throws for what the output contains: a bad reference is an unreadable one.
 */
export interface Source {
  readonly kind: 'folder' | 'http'
  /** The playlists and manifests to start from; empty when there is nothing to check. */
  findEntries(): Promise<readonly string[]>
  /** The address that a URI inside the file at `base` means. */
  resolve(uri: string, base: string): string
  read(address: string, range?: ByteRange): Promise<ReadResult>
  /** An address in the words of a finding: short, without credentials. */
  describe(address: string): string
}
