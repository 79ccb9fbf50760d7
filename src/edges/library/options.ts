import type { Logger } from 'pino'
import { type Config, type Environment, readConfig } from '#config/config.ts'
import { settings } from '#config/settings.ts'
import type { ApplicationHooks } from '#edges/hooks/application-hooks.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Storage } from '#storage/contract.ts'

/** What a logger of the application must have; pino's has it, and Fastify's `app.log`. */
export type ApplicationLog = Pick<
  Logger,
  'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'
>

type Settings = { readonly [Name in keyof Omit<Config, 'storage'>]?: Config[Name] | undefined }

/**
 * What an application says when it makes a Reelmill: any of the settings by the names of Config, and
 * what only a program can give. Nothing is read from the environment.
 */
export interface ReelmillOptions extends Settings {
  /** "fs" in `dataDir` (the default), another of the settings' kinds, or the application's own. */
  readonly storage?: Config['storage'] | Storage | undefined
  /** Where lines of the log go; standard error, from warnings up, when left out. */
  readonly log?: ApplicationLog | undefined
  readonly hooks?: ApplicationHooks | undefined
  /**
   * Under which name the hooks of this application are known in the database, so that those of
   * several that share one are told apart; "application" when left out.
   */
  readonly name?: string | undefined
  /** Variables to take settings from where no option says otherwise, such as those of the process. */
  readonly environment?: Environment | undefined
}

const ownOptions = ['storage', 'log', 'hooks', 'name', 'environment']

/** What differs from a server: no fixed port, and nothing is said that nobody asked for. */
const libraryDefaults = { PORT: '0', LOG_LEVEL: 'warn' }

/**
 * The settings of the options.
 *
 * @throws ReelmillError `invalid_setting`, also for a name that is none.
 */
export function configOf(options: ReelmillOptions): Config {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name] of given) {
    if (Object.hasOwn(settings, name) || ownOptions.includes(name)) continue
    throw new ReelmillError('invalid_setting', `There is no option ${name}.`)
  }
  const isSetting = ([name]: readonly [string, unknown]) =>
    Object.hasOwn(settings, name) && !(name === 'storage' && storageOf(options))
  const overrides = Object.fromEntries(given.filter(isSetting))
  return readConfig({ ...libraryDefaults, ...options.environment }, overrides)
}

/** The application's own storage, where it has one. */
export function storageOf({ storage }: ReelmillOptions): Storage | undefined {
  return typeof storage === 'object' ? storage : undefined
}
