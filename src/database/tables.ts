import type { ColumnType, Generated } from 'kysely'
import type { BigInteger, Json, JsonWithDefault, Timestamp } from './column-types.ts'
import type { PeopleTables } from './people-tables.ts'
import type { PolicyKey, PolicyTables } from './policy-tables.ts'
import type { ProfileTables } from './profile-tables.ts'
import type { StatisticsTables } from './statistics-tables.ts'
import type { WebhookFormat, WebhookTables } from './webhook-tables.ts'

export type VersionState =
  | 'uploading'
  | 'probing'
  | 'planning'
  | 'encoding'
  | 'packaging'
  | 'publishing'
  | 'published'
  | 'failed'
  | 'cancelled'

export type JobState =
  | 'pending'
  | 'processing'
  | 'completed'
  | 'errored'
  | 'waiting_for_parent'
  | 'cancelled'
  | 'parent_errored'
  | 'parent_cancelled'
  | 'completing'

/** Who may watch a video: everybody who has its address, or those who may see it in the API too. */
export type Visibility = 'public' | 'private'

/** A call of a hook waits for its (next) try, or is over. */
export type HookCallState = 'waiting' | 'completed' | 'failed'

/** A finished file that is no track. */
export type FileKind = 'hls' | 'web-video' | 'transcript' | 'storyboard' | 'mp4'

/** Addresses of what another processor made of a video. */
export interface Elsewhere {
  readonly video: string
  readonly thumbnail: string | null
}

/** Who speaks: an assembly service, or the simple worker that came before it (C-23, C-24). */
export type NotificationForm = 'assembly' | 'ancestor'
export type NotificationOutcome = 'finished' | 'failed' | 'under_way'

/** What people add to a video. */
export type AttachmentKind = 'thumbnail' | 'subtitles'

/** What a runner may be given: see runners/standing.ts and change-state.ts. */
export type RunnerState = 'active' | 'draining' | 'disabled' | 'set_aside'

/** What an upload consists of where it grows in a bucket. */
export interface Growth {
  readonly uploadId: string
  /** Of the parts that are there, from the first on. */
  readonly tags: readonly string[]
  /** The object with what came behind them, too little for a part; null when there is nothing. */
  readonly tail: { readonly key: string; readonly sizeBytes: number } | null
}

/** The tables of migrations/, as Kysely sees them. Timestamps are Dates, bigints are numbers. */
export interface Tables
  extends PeopleTables,
    PolicyTables,
    ProfileTables,
    StatisticsTables,
    WebhookTables {
  videos: {
    id: string
    name: string
    profile: string
    metadata: Json<Record<string, unknown>>
    latest_version: Generated<number>
    /** The latest version's, for lists: triggers keep it. */
    state: ColumnType<VersionState, never, never>
    published_version: number | null
    /** BCP 47, as a transcript told. */
    language: string | null
    /** null: of nobody in particular. */
    owner_id: string | null
    visibility: Generated<Visibility>
    /** Told of this video's events beside the endpoints that are told of all. */
    webhook_url: string | null
    webhook_format: Generated<WebhookFormat>
    /** The application's or a processor's own name for it; unique. */
    external_id: string | null
    /** Counts what people changed: the validator of If-Match. */
    revision: Generated<number>
    created_at: Timestamp
    updated_at: Timestamp
  }
  versions: {
    id: string
    video_id: string
    number: number
    state: VersionState
    source_key: string
    /** False: an object of the application, which is read and never removed. */
    owns_source: Generated<boolean>
    source_name: string | null
    source_bytes: BigInteger | null
    readable_key: string | null
    prefix: string
    base_name: string | null
    media: Json<Record<string, unknown>> | null
    plan: Json<Record<string, unknown>> | null
    error: Json<Record<string, unknown>> | null
    cpu_seconds: Generated<number>
    wall_seconds: Generated<number>
    peak_memory_bytes: Generated<number>
    playable_at: Date | null
    published_at: Date | null
    /** null: a day after its last byte. */
    upload_expires_at: Date | null
    /** Addresses of what another processor made; null for all that is made here. */
    elsewhere: Json<Elsewhere> | null
    /** The policy for which its next step waits; null: for none. */
    held_by: PolicyKey | null
    /** Since when what was made of it is being removed; null: nobody does. */
    clearing_since: Date | null
    created_at: Timestamp
    updated_at: Timestamp
  }
  imports: {
    version_id: string
    url: string
    validator: string | null
    received_bytes: Generated<number>
    total_bytes: number | null
    created_at: Timestamp
  }
  watched_files: {
    id: Generated<number>
    name: string
    size_bytes: BigInteger
    modified_ms: number
    version_id: string
    taken_at: Timestamp
    finished_at: Date | null
  }
  notifications: {
    id: Generated<number>
    form: NotificationForm
    external_id: string
    outcome: NotificationOutcome
    facts: JsonWithDefault<Record<string, unknown>>
    body: string
    digest: Buffer
    times: Generated<number>
    received_at: Timestamp
    applied_at: Date | null
  }
  attachments: {
    id: string
    video_id: string
    kind: AttachmentKind
    language: string | null
    upload_key: string | null
    key: string | null
    bytes: BigInteger | null
    created_at: Timestamp
    updated_at: Timestamp
  }
  uploads: {
    id_hash: Buffer
    version_id: string | null
    video_id: string
    source_key: string
    length_bytes: number | null
    received_bytes: Generated<number>
    metadata: string | null
    finished_at: Date | null
    expires_at: Date
    hold_token: string | null
    held_until: Date | null
    growth: Json<Growth> | null
    created_at: Timestamp
    updated_at: Timestamp
  }
  registration_tokens: {
    id: Generated<number>
    token_hash: Buffer
    hint: string
    created_at: Timestamp
    updated_at: Timestamp
    revoked_at: Date | null
  }
  runners: {
    id: Generated<number>
    name: string
    description: string | null
    token_hash: Buffer
    registration_token_id: number | null
    local: Generated<boolean>
    /** Registered for one run, under a name of its own. */
    temporary: Generated<boolean>
    version: string | null
    encoders: Json<readonly string[]> | null
    slots: Generated<number>
    ip: string | null
    state: Generated<RunnerState>
    state_reason: string | null
    state_since: Timestamp
    quick_failures: Generated<number>
    set_asides: Generated<number>
    trial_at: Date | null
    socket_seen_at: Date | null
    last_contact_at: Timestamp
    created_at: Timestamp
    updated_at: Timestamp
  }
  runner_skills: {
    runner_id: number
    job_type: string
    last_success_at: Timestamp
  }
  jobs: {
    id: Generated<number>
    uuid: string
    version_id: string
    type: string
    state: Generated<JobState>
    priority: number
    label: string
    payload: Json<Record<string, unknown>>
    private_payload: JsonWithDefault<Record<string, unknown>>
    encoders: Json<readonly string[]>
    weight: Generated<number>
    required: Generated<boolean>
    parent_id: number | null
    runner_id: number | null
    job_token_hash: Buffer | null
    lease_expires_at: Date | null
    not_before: Timestamp
    progress: Generated<number>
    failures: Generated<number>
    error: Json<Record<string, unknown>> | null
    result: Json<Record<string, unknown>> | null
    cpu_seconds: number | null
    started_at: Date | null
    finished_at: Date | null
    created_at: Timestamp
    updated_at: Timestamp
  }
  job_failures: {
    id: Generated<number>
    job_id: number
    runner_id: number | null
    error: Json<Record<string, unknown>>
    created_at: Timestamp
  }
  tracks: {
    version_id: string
    name: string
    codecs: string
    timescale: number
    init: Buffer
    samples: Generated<number>
    bytes: Generated<number>
    duration_ticks: Generated<number>
    peak_bps: number | null
    average_bps: number | null
  }
  segments: {
    version_id: string
    track: string
    number: number
    duration_ticks: BigInteger
    bytes: number
    samples: number
    keyframes: Json<readonly (readonly [number, number, number])[]>
  }
  files: {
    id: Generated<number>
    version_id: string
    kind: FileKind
    path: string
    playlist_path: string | null
    resolution: number | null
    width: number | null
    height: number | null
    fps: number | null
    codecs: string | null
    has_video: Generated<boolean>
    has_audio: Generated<boolean>
    bytes: BigInteger
    duration_seconds: number | null
    peak_bps: number | null
    average_bps: number | null
    language: string | null
    facts: JsonWithDefault<Record<string, unknown>>
    created_at: Timestamp
  }
  events: {
    id: Generated<number>
    video_id: string
    type: string
    data: Json<Record<string, unknown>>
    created_at: Timestamp
  }
  hooks: {
    name: string
    events: readonly string[]
    seen_at: Timestamp
  }
  hook_calls: {
    id: Generated<number>
    hook: string
    event_id: number
    event_at: Timestamp
    video_id: string
    type: string
    data: Json<Record<string, unknown>>
    video: Json<Record<string, unknown>>
    state: Generated<HookCallState>
    tries: Generated<number>
    not_before: Timestamp
    claim: string | null
    error: string | null
    created_at: Timestamp
    finished_at: Date | null
  }
  secrets: {
    name: string
    value: string
  }
}
