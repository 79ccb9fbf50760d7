import { describeStorage } from '../../../test/support/storage-contract.ts'
import { openMemoryStorage } from './driver.ts'

describeStorage('memory', async () => openMemoryStorage())
