import { ReelmillError } from '#errors/reelmill-error.ts'
import { translateDjangoStorage } from './django-storage.ts'
import type { Setting } from './setting-kinds.ts'
import { settings } from './settings.ts'

/** Variables as a process has them; an empty one counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>

type Settings = typeof settings
type ValueOf<S> = S extends Setting<infer T> ? T : never

/** All settings of a process: parsed once, frozen. Names, units and defaults: settings.ts. */
export type Config = { readonly [Field in keyof Settings]: ValueOf<Settings[Field]> }

/**
 * Parses the settings.
 *
 * `overrides` are values that are already typed (tests, a program that embeds Reelmill); they win.
 * A command line that has texts puts them into `environment`, so that they are checked.
 *
 * @throws ReelmillError `invalid_setting`, naming the variable and what it should look like.
 */
export function readConfig(variables: Environment, overrides: Partial<Config> = {}): Config {
  const environment = translateDjangoStorage(variables)
  const values = Object.entries(settings).map(([field, setting]) => [
    field,
    readSetting(environment, setting),
  ])
  // Sound: the entries are those of `settings`, parsed by the parser of each.
  const parsed = Object.fromEntries(values) as Config
  return Object.freeze({ ...parsed, ...overrides })
}

/** A line for each setting: name, default, sentence, unit; for `reelmill serve --help`. */
export function describeSettings(): string {
  const rows = Object.values(settings).map(describe)
  const width = Math.max(...rows.map(([head]) => head.length))
  return rows.map(([head, tail]) => `  ${head.padEnd(width)}  ${tail}`).join('\n')
}

function readSetting(environment: Environment, setting: Setting<unknown>): unknown {
  const name = [setting.name, ...setting.aliases].find((each) => environment[each]) ?? setting.name
  const text = environment[name] || setting.fallback
  if (text === null) return null
  const value = setting.parse(text)
  if (value !== undefined) return value
  const shown = setting.secret ? 'a value' : `"${text}"`
  throw invalidSetting(name, `${name} is ${shown}, but must be ${setting.expected}.`)
}

function invalidSetting(name: string, sentence: string): ReelmillError {
  return new ReelmillError('invalid_setting', sentence, { details: { setting: name } })
}

function describe(setting: Setting<unknown>): [head: string, tail: string] {
  const head = setting.fallback ? `${setting.name}=${setting.fallback}` : setting.name
  return [head, setting.unit ? `${setting.sentence} (${setting.unit})` : setting.sentence]
}
