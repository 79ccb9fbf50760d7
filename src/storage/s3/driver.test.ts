import type { TestContext } from 'node:test'
import { readConfig } from '#config/config.ts'
import { openS3Server } from '../../../test/support/s3-server.ts'
import { describeStorage } from '../../../test/support/storage-contract.ts'
import type { Storage } from '../contract.ts'
import { openS3Storage } from './driver.ts'

describeStorage('S3', async (t: TestContext): Promise<Storage> => {
  return openS3Storage(readConfig({}, await openS3Server(t)))
})
