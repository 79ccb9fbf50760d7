import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { parse, stringify, TomlError } from 'smol-toml'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { toOrigin } from './origin.ts'

const text = Type.String({ minLength: 1 })

const InstanceSchema = Type.Object({
  url: text,
  runnerToken: text,
  runnerName: Type.Optional(text),
  runnerDescription: Type.Optional(Type.String()),
})

/** The file of PeerTube's runner (runner protocol 5.1); what else is in it is left alone. */
const FileSchema = Type.Object({
  jobs: Type.Optional(
    Type.Object({ concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })) }),
  ),
  ffmpeg: Type.Optional(
    Type.Object({
      threads: Type.Optional(Type.Integer({ minimum: 0, maximum: 256 })),
      nice: Type.Optional(Type.Integer({ minimum: -20, maximum: 20 })),
    }),
  ),
  transcription: Type.Optional(
    Type.Object({
      engine: Type.Optional(Type.Enum(['whisper-ctranslate2', 'openai-whisper', 'whisper.cpp'])),
      enginePath: Type.Optional(text),
      model: Type.Optional(text),
      modelPath: Type.Optional(text),
    }),
  ),
  registeredInstances: Type.Optional(Type.Array(InstanceSchema)),
})

export type RunnerConfigFile = Static<typeof FileSchema>

/** A server at which this runner is registered. */
export type RegisteredInstance = Static<typeof InstanceSchema>

/**
 * Reads a configuration file of PeerTube's runner, or one that was written here.
 *
 * @throws ReelmillError `invalid_setting`, naming the file and what is wrong in it.
 */
export async function readRunnerConfigFile(path: string): Promise<RunnerConfigFile> {
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ReelmillError('invalid_setting', `${path} cannot be read.`, { cause })
  })
  const value = parseToml(path, content)
  if (!Value.Check(FileSchema, value)) {
    const [first] = Value.Errors(FileSchema, value)
    const place = (first?.instancePath ?? '').replaceAll('/', ' ').trim()
    throw new ReelmillError('invalid_setting', `${path}: ${place} ${first?.message ?? ''}`)
  }
  for (const { url } of value.registeredInstances ?? []) {
    if (toOrigin(url) === null) {
      throw new ReelmillError('invalid_setting', `${path}: ${url} is no http(s)://HOST:PORT.`)
    }
  }
  return value
}

/** The same, but nothing in it when there is no such file yet. */
export async function readRunnerConfigFileIfAny(path: string): Promise<RunnerConfigFile> {
  try {
    return await readRunnerConfigFile(path)
  } catch (error) {
    if (error instanceof ReelmillError && isMissing(error.cause)) return {}
    throw error
  }
}

/** Writes the file anew, readable by nobody else for it holds tokens; comments are not kept. */
export async function writeRunnerConfigFile(path: string, file: RunnerConfigFile): Promise<void> {
  await writeFile(`${path}.new`, stringify(file), { mode: 0o600 })
  await chmod(`${path}.new`, 0o600)
  await rename(`${path}.new`, path)
}

function parseToml(path: string, content: string): unknown {
  try {
    return parse(content)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const sentence = `${path} is not TOML: see line ${error.line}.`
    throw new ReelmillError('invalid_setting', sentence, { cause: error })
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
