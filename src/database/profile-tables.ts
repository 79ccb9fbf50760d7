import type { Timestamp } from './column-types.ts'

/** The tables of profiles that are edited while the server runs (migration 20). */
export interface ProfileTables {
  profiles: {
    name: string
    /** From 1; a profile that was deleted and saved again goes on counting. */
    version: number
    /** JSON, as it was written. */
    body: string
    note: string | null
    /** The name of whoever saved it. */
    created_by: string | null
    created_at: Timestamp
    retired_at: Date | null
  }
}
