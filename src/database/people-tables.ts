import type { Timestamp } from './column-types.ts'

/** What somebody may do: see what is public, bring videos, govern them and the fleet, govern people. */
export type Role = 'viewer' | 'uploader' | 'operator' | 'admin'

/** The tables about people and the programs that call. */
export interface PeopleTables {
  users: {
    id: string
    /** Unique without regard to case. */
    name: string
    role: Role
    password_hash: string
    disabled_at: Date | null
    created_at: Timestamp
    updated_at: Timestamp
  }
  api_keys: {
    id: string
    name: string
    key_hash: Buffer
    hint: string
    role: Role
    /** null: all that the role allows. */
    scopes: readonly string[] | null
    user_id: string | null
    expires_at: Date | null
    last_used_at: Date | null
    revoked_at: Date | null
    created_at: Timestamp
  }
  sessions: {
    id: string
    token_hash: Buffer
    user_id: string
    ip: string | null
    agent: string | null
    seen_at: Timestamp
    created_at: Timestamp
  }
  login_throttles: {
    subject: string
    failures: number
    retry_at: Date
    last_failed_at: Timestamp
  }
  idempotent_requests: {
    key_hash: Buffer
    request_hash: Buffer
    claim: string
    leased_until: Date
    video_id: string | null
    answered_at: Date | null
    created_at: Timestamp
  }
  setup_tokens: {
    token_hash: Buffer
    created_at: Timestamp
  }
}
