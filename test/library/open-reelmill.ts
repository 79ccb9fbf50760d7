import type { TestContext } from 'node:test'
import { createReelmill, type Reelmill, type ReelmillOptions } from '../../src/index.ts'
import { createTestDatabase } from '../support/database.ts'
import { makeFolder } from '../support/files.ts'
import { placeProfiles, tinyProfile } from '../support/profiles.ts'

/** A Reelmill in this process, on a database and a folder of its own, which ends with the test. */
export async function makeReelmill(
  t: TestContext,
  options: ReelmillOptions = {},
): Promise<{ readonly reelmill: Reelmill; readonly dataDir: string }> {
  const dataDir = await makeFolder(t)
  const { url: databaseUrl } = await createTestDatabase(t)
  await placeProfiles(dataDir, [tinyProfile])
  const reelmill = createReelmill({ dataDir, databaseUrl, logLevel: 'error', ...options })
  t.after(() => reelmill.close())
  return { reelmill, dataDir }
}
