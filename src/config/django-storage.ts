import { ReelmillError } from '#errors/reelmill-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

const backend = 'STORAGES_VIDEOS_BACKEND'
const options = 'STORAGES_VIDEOS_OPTIONS'
const uploads = 'STORAGE_BACKEND'

/** What the classes and modules of installations with Django are called: our kinds of storage. */
const kinds: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/s3/i, 's3'],
  [/filesystem|^fs$/i, 'fs'],
  [/memory|dummy/i, 'memory'],
]

/** Options of django-storages' S3 class, by our settings. */
const settingOf: Readonly<Record<string, string>> = {
  access_key: 'S3_ACCESS_KEY_ID',
  secret_key: 'S3_SECRET_ACCESS_KEY',
  security_token: 'S3_SESSION_TOKEN',
  bucket_name: 'S3_BUCKET',
  endpoint_url: 'S3_ENDPOINT_URL',
  region_name: 'S3_REGION_NAME',
  custom_domain: 'S3_PUBLIC_URL',
  location: 'S3_PREFIX',
  use_ssl: 'S3_IS_SECURE',
  object_parameters: 'S3_OBJECT_PARAMETERS',
}

/**
 * The variables with those about storage that installations with Django have said in ours, where ours
 * are unset: STORAGES_VIDEOS_BACKEND and STORAGE_BACKEND, which must mean the same storage (M-06 to
 * M-08), and STORAGES_VIDEOS_OPTIONS as a JSON object (D-34).
 *
 * @throws ReelmillError `invalid_setting`, naming both switches where they differ.
 */
export function translateDjangoStorage(environment: Environment): Environment {
  const named = ['STORAGE', backend, uploads].flatMap((name) => {
    const value = environment[name]
    return value ? [{ name, kind: kindOf(name, value) }] : []
  })
  const [first, ...others] = named
  const differs = others.find(({ kind }) => kind !== first?.kind)
  if (first && differs) {
    const pair = `${first.name}=${environment[first.name]} and ${differs.name}=${environment[differs.name]}`
    throw invalid(first.name, `${pair} name different storages; they must agree.`)
  }
  const storage = first ? { STORAGE: first.kind } : {}
  return { ...readOptions(environment[options]), ...withoutEmpty(environment), ...storage }
}

function kindOf(name: string, value: string): string {
  // What STORAGE itself may be is told by its setting.
  if (name === 'STORAGE') return value
  const known = kinds.find(([pattern]) => pattern.test(value))
  if (known) return known[1]
  throw invalid(name, `${name} is "${value}", which is neither S3, nor a file system, nor memory.`)
}

function readOptions(text: string | undefined): Environment {
  if (!text) return {}
  const entries = Object.entries(parseObject(text)).map(([option, value]) => {
    const setting = settingOf[option]
    if (!setting) throw invalid(options, `${options} has "${option}", which has no meaning here.`)
    return [setting, typeof value === 'object' ? JSON.stringify(value) : String(value)]
  })
  return Object.fromEntries(entries)
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // The sentence below says what is wanted; the text may hold a secret.
  }
  throw invalid(options, `${options} must be a JSON object.`)
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
}

function invalid(setting: string, sentence: string): ReelmillError {
  return new ReelmillError('invalid_setting', sentence, { details: { setting } })
}
