import { toReelmillError } from '#errors/reelmill-error.ts'
import { readCapabilities } from '#media/ffmpeg/capabilities.ts'
import { listPolicies } from '#policies/list.ts'
import { readPolicies } from '#policies/read.ts'
import { listServers } from '#servers/list-servers.ts'
import { readFleet } from '#statistics/read-fleet.ts'
import { readQueue } from '#statistics/read-queue.ts'
import { readThroughput } from '#statistics/read-throughput.ts'
import { rememberFor } from '#statistics/remember.ts'
import { readSweep } from '../note-sweep.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import type { Check, CheckName } from './check.ts'
import {
  judgeDatabase,
  judgeDisk,
  judgeEncoders,
  judgeFailures,
  judgePolicies,
  judgeQueue,
  judgeRunners,
  judgeServers,
  judgeSweep,
  judgeWebhooks,
} from './judge.ts'
import { listUnable, readDatabase, readDisk, readWebhooks, tryStorage } from './read-facts.ts'

type Look = (parts: Parts) => Promise<Omit<Check, 'name'>>

/** A bucket asks for money for each of these. */
const storageKeptMs = 60_000
/** Less than pages wait before they read again what an event told of. */
const checksKeptMs = 500

const tryStorageLately = rememberFor({ keptMs: storageKeptMs }, tryStorage)

const looks: Readonly<Record<CheckName, Look>> = {
  database: async (parts) => judgeDatabase(await readDatabase(parts)),
  storage: async (parts) => {
    await tryStorageLately(parts)
    return { state: 'well', sentence: 'The storage takes objects and gives them away again.' }
  },
  disk: async (parts) => judgeDisk(await readDisk(parts)),
  ffmpeg: async (parts) => {
    const { version } = await readCapabilities(programsOf(parts))
    return { state: 'well', sentence: `ffmpeg ${version.join('.')} runs on this server.` }
  },
  servers: async ({ database }) => judgeServers(await listServers(database)),
  policies: async ({ database, config }) => judgePolicies(await listPolicies(database, config)),
  runners: async ({ database }) =>
    judgeRunners({ runners: await readFleet(database), jobs: await readQueue(database) }),
  encoders: async (parts) => judgeEncoders(await listUnable(parts)),
  queue: async ({ database, config }) => {
    const { transcodeEnabled, terminateAll } = await readPolicies(database, config)
    const isHeldBack = !transcodeEnabled || terminateAll
    return judgeQueue({ jobs: await readQueue(database), isHeldBack })
  },
  failures: async ({ database }) => judgeFailures({ throughput: await readThroughput(database) }),
  webhooks: async (parts) => judgeWebhooks(await readWebhooks(parts)),
  sweep: async ({ database }) => {
    const records = await readSweep(database, 'records')
    const storage = await readSweep(database, 'storage')
    return judgeSweep({
      error: records?.error ?? null,
      missing: Number(storage?.facts['missing'] ?? 0),
    })
  },
}

/**
 * Looks at everything that must be well. What cannot be looked at is failing, with the sentence of its
 * error; nothing is thrown. Remembered for half a second, the trial of the storage for a minute.
 */
export const runChecks = rememberFor(
  { keptMs: checksKeptMs },
  (parts: Parts): Promise<Check[]> =>
    Promise.all(
      Object.entries(looks).map(async ([name, look]) => {
        // Sound: the names of `looks`.
        const about = { name: name as CheckName }
        try {
          return { ...about, ...(await look(parts)) }
        } catch (error) {
          parts.log.warn({ err: error, check: name }, 'a check failed')
          return { ...about, state: 'failing' as const, sentence: toReelmillError(error).message }
        }
      }),
    ),
)
