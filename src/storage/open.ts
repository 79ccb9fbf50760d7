import { join } from 'node:path'
import type { Config } from '#config/config.ts'
import type { Storage } from './contract.ts'
import { openFsStorage } from './fs/driver.ts'
import { openMemoryStorage } from './memory/driver.ts'

/** The storage that the settings name: below DATA_DIR, or in memory. */
export function openStorage(config: Config): Storage {
  return config.storage === 'memory'
    ? openMemoryStorage()
    : openFsStorage(join(config.dataDir, 'storage'))
}
