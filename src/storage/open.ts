import { join } from 'node:path'
import type { Config } from '#config/config.ts'
import type { Storage } from './contract.ts'
import { openFsStorage } from './fs/driver.ts'
import { openMemoryStorage } from './memory/driver.ts'
import { withObjectHeaders } from './object-headers.ts'
import { openS3Storage } from './s3/driver.ts'

/**
 * The storage that the settings name: below DATA_DIR, in a bucket, or in memory.
 *
 * @throws ReelmillError `invalid_setting`, `storage_unavailable` where the bucket cannot be used.
 */
export async function openStorage(config: Config): Promise<Storage> {
  switch (config.storage) {
    case 's3':
      return withObjectHeaders(await openS3Storage(config), config)
    case 'memory':
      return openMemoryStorage()
    case 'fs':
      return openFsStorage(join(config.dataDir, 'storage'))
  }
}
