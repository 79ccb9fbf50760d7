import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Config } from '#config/config.ts'
import type { Hook } from '#flow/call-hooks.ts'
import type { Parts } from '#flow/parts.ts'
import { tellOfVideo, transcriptOf } from './application-hooks.ts'

type Callback = (...args: readonly unknown[]) => unknown

interface CallbackKind {
  readonly field: keyof Pick<
    Config,
    'transcodingEndedCallback' | 'transcriptionEndedCallback' | 'transcriptionErrorCallback'
  >
  /** The hook's name in the database. */
  readonly name: string
  readonly events: readonly string[]
  readonly call: (parts: Parts, callback: Callback) => Hook['call']
}

/** What each is called with is what django-peertube-runner-connector calls its callbacks with. */
const kinds: readonly CallbackKind[] = [
  {
    field: 'transcodingEndedCallback',
    name: 'TRANSCODING_ENDED',
    events: ['video.published', 'video.failed'],
    call: (parts, callback) => tellOfVideo(parts, (video, call) => callback(video, call)),
  },
  {
    field: 'transcriptionEndedCallback',
    name: 'TRANSCRIPTION_ENDED',
    events: ['video.transcribed'],
    call: (parts, callback) =>
      tellOfVideo(parts, (video, call) => {
        const { language, key } = transcriptOf(video, call)
        return callback(video, language, key, call)
      }),
  },
  {
    field: 'transcriptionErrorCallback',
    name: 'TRANSCRIPTION_ERROR',
    events: ['video.transcription_failed'],
    call: (parts, callback) => tellOfVideo(parts, (video, call) => callback(video, call)),
  },
]

/**
 * The hooks that the settings name. One that cannot be imported is an error in the log and nothing
 * else (D-73): where it was known before, its calls wait for it for a week.
 */
export async function importCallbacks(parts: Parts): Promise<Hook[]> {
  const hooks: Hook[] = []
  for (const { field, name, events, call } of kinds) {
    const path = parts.config[field]
    if (path === null) continue
    try {
      hooks.push({ name, events, call: call(parts, await importCallback(path)) })
    } catch (error) {
      parts.log.error({ err: error, hook: name, path }, 'a callback could not be imported')
    }
  }
  return hooks
}

/** `./hooks.js#ended`, `/srv/hooks.js#ended`, `package#ended`; without `#…` the default export. */
async function importCallback(path: string): Promise<Callback> {
  const [module = '', name = 'default'] = path.split('#')
  const isFile = module.startsWith('.') || module.startsWith('/')
  const address = isFile ? pathToFileURL(resolve(module)).href : module
  const exports = (await import(address)) as Readonly<Record<string, unknown>>
  const callback = exports[name]
  if (typeof callback === 'function') return callback as Callback
  throw new TypeError(`${module} exports no function ${name}`)
}
