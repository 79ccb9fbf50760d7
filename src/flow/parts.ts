import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Config } from '#config/config.ts'
import type { Notifications } from '#database/notifications.ts'
import type { StepQueue } from '#database/step-queue.ts'
import type { Tables } from '#database/tables.ts'
import type { GuardedClient } from '#network/guarded-client.ts'
import type { Storage } from '#storage/contract.ts'

/** What a server process is made of; put together once in server.ts and passed down. */
export interface Parts {
  readonly config: Config
  readonly log: Logger
  readonly database: Kysely<Tables>
  readonly storage: Storage
  readonly queue: StepQueue
  readonly notifications: Notifications
  /** The one way to addresses that users give. */
  readonly web: GuardedClient
}
