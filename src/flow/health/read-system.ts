import { join, resolve } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { listSettings, type SettingView } from '#config/list-settings.ts'
import { ownVersion } from '#config/version.ts'
import type { Tables } from '#database/tables.ts'
import { readCapabilities } from '#media/ffmpeg/capabilities.ts'
import { isOnline } from '#runners/presence.ts'
import { listServers, type ServerView } from '#servers/list-servers.ts'
import { readStored, type StoredBytes } from '#statistics/read-stored.ts'
import { readSweep, type SweepNote } from '../note-sweep.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import { type Check, type CheckState, worstOf } from './check.ts'
import { type DatabaseFacts, type Disk, readDatabase, readDisk } from './read-facts.ts'
import { runChecks } from './run-checks.ts'

/** An encoder, and how many of the runners that are online have it. */
export interface EncoderView {
  readonly name: string
  readonly runners: number
}

/** All that an operator asks about the installation; no secret is in it. */
export interface SystemView {
  readonly state: CheckState
  readonly checks: readonly Check[]
  readonly versions: {
    readonly reelmill: string
    readonly node: string
    readonly postgres: string
    /** Of the server that answers; null when it does not run. */
    readonly ffmpeg: string | null
  }
  /** Of the server that answers. */
  readonly uptimeSeconds: number
  readonly servers: readonly ServerView[]
  readonly database: DatabaseFacts
  readonly storage: {
    readonly driver: 'fs' | 's3' | 'memory'
    /** The folder, or the bucket. */
    readonly place: string | null
    readonly bytes: StoredBytes
  }
  /** Of DATA_DIR on the server that answers; null where that cannot be told. */
  readonly disk: Disk | null
  readonly encoders: readonly EncoderView[]
  readonly sweeps: { readonly records: SweepNote | null; readonly storage: SweepNote | null }
  readonly settings: readonly SettingView[]
}

/** Looks at everything once. */
export async function readSystem(parts: Parts): Promise<SystemView> {
  const { database, config } = parts
  const checks = await runChecks(parts)
  const facts = await readDatabase(parts)
  return {
    state: worstOf(checks),
    checks,
    versions: {
      reelmill: ownVersion,
      node: process.versions.node,
      postgres: facts.version,
      ffmpeg: await readFfmpegVersion(parts),
    },
    uptimeSeconds: Math.round(process.uptime()),
    servers: await listServers(database),
    database: facts,
    storage: { driver: config.storage, place: placeOf(parts), bytes: await readStored(database) },
    // The check says why it cannot be told.
    disk: await readDisk(parts).catch(() => null),
    encoders: await listEncoders(database),
    sweeps: {
      records: await readSweep(database, 'records'),
      storage: await readSweep(database, 'storage'),
    },
    settings: listSettings(config),
  }
}

/** The check says why it does not run. */
async function readFfmpegVersion(parts: Parts): Promise<string | null> {
  const capabilities = await readCapabilities(programsOf(parts)).catch(() => null)
  return capabilities?.version.join('.') ?? null
}

function placeOf({ config }: Parts): string | null {
  if (config.storage === 'fs') return resolve(join(config.dataDir, 'storage'))
  return config.storage === 's3' ? config.s3Bucket : null
}

async function listEncoders(database: Kysely<Tables>): Promise<EncoderView[]> {
  const { rows } = await sql<EncoderView>`
    select encoder.name, count(*)::int as runners
      from runners, jsonb_array_elements_text(coalesce(encoders, '[]')) encoder (name)
     where ${isOnline} group by encoder.name order by count(*) desc, encoder.name`.execute(database)
  return rows
}
