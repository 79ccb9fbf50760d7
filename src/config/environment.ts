import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Environment } from './config.ts'

/**
 * The variables of this process over those of the `.env` file in `folder`; the one place that reads
 * `process.env`. No `.env` file is fine; one that cannot be read throws the system's error.
 */
export function readEnvironment(folder: string = process.cwd()): Environment {
  return { ...readDotEnv(join(folder, '.env')), ...process.env }
}

/** Whether Node was told to send its own calls through the proxy that the environment names. */
export function usesProxyOfEnvironment(): boolean {
  return process.env['NODE_USE_ENV_PROXY'] === '1'
}

function readDotEnv(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}
