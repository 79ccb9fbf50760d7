import { access, constants } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { TranscriptionEngine } from '#stages/encoding/files/file-work.ts'

/** An engine as an operator names it. */
export interface WantedEngine {
  readonly kind: TranscriptionEngine['kind']
  /** Unset: it is looked up. */
  readonly path?: string | undefined
  readonly model: string
}

/** The names under which package managers install them. */
const programNames: Readonly<Record<TranscriptionEngine['kind'], string>> = {
  'whisper-ctranslate2': 'whisper-ctranslate2',
  'openai-whisper': 'whisper',
  'whisper.cpp': 'whisper-cli',
}

/**
 * The engine with the absolute path of its program, since it is started in the folder of a job; null when it is nowhere in `searchPath` (as PATH is).
 *
 * @throws ReelmillError `invalid_setting` when the path that was given is no program.
 */
export async function findTranscriptionEngine(
  { kind, path, model }: WantedEngine,
  searchPath: string,
): Promise<TranscriptionEngine | null> {
  if (path !== undefined) {
    if (await isProgram(path)) return { kind, path: resolve(path), model }
    throw new ReelmillError('invalid_setting', `The transcription engine ${path} cannot be run.`)
  }
  for (const folder of searchPath.split(delimiter).filter((each) => each !== '')) {
    const candidate = join(folder, programNames[kind])
    if (await isProgram(candidate)) return { kind, path: resolve(candidate), model }
  }
  return null
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not for us: which of the two makes no difference.
    return false
  }
}
