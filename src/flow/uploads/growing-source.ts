import type { Growth } from '#database/tables.ts'

/** The source of an upload, to which bytes are added by whoever holds it. */
export interface GrowingSource {
  /**
   * Adds bytes, and takes their memory: the chunk may be empty afterwards. Waits while too many are on
   * their way. Fails as a storage does.
   */
  write(chunk: Buffer): Promise<void>
  /** Makes durable what can be in the middle of a body; how many bytes are there for sure. */
  flush(): Promise<number>
  /** The same at the end of a body, with all that was written. */
  finish(): Promise<number>
  /** Of what that many bytes consist, to be written down with their number; null for a file. */
  growth(): Growth | null
  /** Drops what was added since it was opened. */
  undo(): Promise<void>
  close(): Promise<void>
}
