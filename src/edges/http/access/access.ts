import type { Kysely } from 'kysely'
import type { Config } from '#config/config.ts'
import type { Tables } from '#database/tables.ts'
import { type AllowedHosts, decideHosts, isLoopback, namesOfMachine } from './allowed-hosts.ts'
import { type CallLimits, openLimits } from './limit-calls.ts'

/** Who may call this server at all, as the settings say. */
export interface AccessRules {
  /** A key with every right; null: there is none. */
  readonly adminKey: string | null
  /**
   * Whether the people of this machine are trusted without a word, while there is no user: only
   * where nobody else can reach the server, and no key is set.
   */
  readonly trustsMachine: boolean
  /** Under these names a request is the machine's own. */
  readonly machineNames: ReadonlySet<string>
  readonly hosts: AllowedHosts
  /** The origin under which people reach the server; null: whatever they say. */
  readonly publicOrigin: string | null
  /** Seconds without a call after which a session ends. */
  readonly sessionIdleSeconds: number
  /** Seconds after its start at which it ends in any case. */
  readonly sessionMaxSeconds: number
}

/** The rules, where people, keys and sessions are, and how often each called. */
export interface Access extends AccessRules {
  readonly database: Kysely<Tables>
  readonly limits: CallLimits
}

type Settings = Pick<
  Config,
  'adminKey' | 'host' | 'publicUrl' | 'allowedHosts' | 'sessionIdleSeconds' | 'sessionMaxSeconds'
>

/** The rules that follow from the settings. */
export function decideAccess(config: Settings): AccessRules {
  const { adminKey, host, publicUrl, sessionIdleSeconds, sessionMaxSeconds } = config
  const publicHost = publicUrl === null ? 'localhost' : new URL(publicUrl).hostname
  const trustsMachine = adminKey === null && isLoopback(host) && isLoopback(publicHost)
  return {
    adminKey,
    trustsMachine,
    machineNames: namesOfMachine(config),
    hosts: decideHosts(config, trustsMachine),
    publicOrigin: publicUrl === null ? null : new URL(publicUrl).origin,
    sessionIdleSeconds,
    sessionMaxSeconds,
  }
}

/** The rules of a server with its database. */
export function openAccess(parts: {
  readonly config: Settings & Pick<Config, 'rateLimitPerMinute'>
  readonly database: Kysely<Tables>
}): Access {
  const limits = openLimits(parts.config.rateLimitPerMinute)
  return { ...decideAccess(parts.config), database: parts.database, limits }
}
