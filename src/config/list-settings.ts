import type { Config } from './config.ts'
import { redactSecrets } from './redact.ts'
import type { Setting } from './setting-kinds.ts'
import { settings } from './settings.ts'

/** A setting as operators see it. */
export interface SettingView {
  /** The environment variable. */
  readonly name: string
  /** null when it is unset, or a secret. */
  readonly value: string | null
  readonly isSecret: boolean
  /** False where it has another value than the default. */
  readonly isDefault: boolean
  readonly fallback: string | null
  readonly sentence: string
  readonly unit: string | null
}

/** Every setting with its value, in the order of `reelmill serve --help`; secrets only as set or not. */
export function listSettings(config: Config): SettingView[] {
  return Object.entries(settings).map(([field, setting]) =>
    // Sound: the fields of Config are the keys of `settings`.
    describe(setting, config[field as keyof Config]),
  )
}

function describe(setting: Setting<unknown>, value: unknown): SettingView {
  const { name, fallback, sentence, unit, secret: isSecret, parse } = setting
  const text = toText(value)
  const isDefault = text === toText(fallback === null ? null : parse(fallback))
  const shown = isSecret || text === null ? null : redactSecrets(text)
  return { name, value: shown, isSecret, isDefault, fallback, sentence, unit }
}

/** As an operator would type it, or nearly so. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.map(toText).join(',') || null
  if (typeof value === 'string') return value || null
  const isPlace = typeof value === 'object' && 'host' in value && 'port' in value
  return isPlace ? `${String(value.host)}:${String(value.port)}` : JSON.stringify(value)
}
