import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Parts } from '#flow/parts.ts'
import { leaveOutKept } from '#jobs/leave-out-kept.ts'
import { listOffers, type OfferedJob, offerSize, readOffers } from '#jobs/offer.ts'
import { offeredTypes } from '#jobs/offered-types.ts'
import { findSource } from '#jobs/source.ts'
import { makeSourceTicket } from '#jobs/source-ticket.ts'
import { takeJob } from '#jobs/take.ts'
import { readPolicies } from '#policies/read.ts'
import { findRunner } from '#runners/find.ts'
import { mayTakeJobs } from '#runners/may-take-jobs.ts'
import type { RunnerRow } from '#runners/runner.ts'
import { isTouchDue, touchRunner } from '#runners/touch.ts'
import { updateRunner } from '#runners/update.ts'
import { originOf } from './origin.ts'
import { presentAcceptedJob } from './present-job.ts'
import { type Place, presentPayload } from './present-payload.ts'
import type { Roster } from './roster.ts'
import { JobParams, RequestBody, RunnerBody } from './schemas.ts'
import { createOfferSpread, type SpreadOffers } from './spread-offers.ts'

/** How runners come by jobs: they ask, and accept one of what they were offered (1.4, calls 8, 9). */
export function takingRoutes(parts: Parts, roster: Roster): FastifyPluginAsyncTypebox {
  const spread = createOfferSpread(() => performance.now())
  return async (app) => {
    app.post('/jobs/request', { schema: { body: RequestBody } }, async (request) => {
      const { runnerToken, jobTypes, ...said } = request.body
      const known = await findRunner(parts.database, runnerToken)
      await noteContact(parts, known, request)
      const runner = await updateRunner(parts.database, known, said)
      const types = offeredTypes(jobTypes, runner.version)
      const askedAtMs = performance.now()
      const jobs = await offerTo(parts, runner, types, spread)
      roster.noteAsked(runner, types, askedAtMs)
      const origin = originOf(parts, request)
      const availableJobs = jobs.map((job) => {
        const place = { origin, videoId: job.videoId, sourcePath: null }
        return { uuid: job.uuid, type: job.type, payload: presentPayload(job, place) }
      })
      // An addition that genuine runners do not look at: they are given nothing, and stay.
      const isOver = jobs.length === 0 && (await isEnding(parts))
      return { availableJobs, ...(isOver ? { terminate: true } : {}) }
    })

    app.post(
      '/jobs/:jobUuid/accept',
      { schema: { params: JobParams, body: RunnerBody } },
      async (request) => {
        const runner = await findRunner(parts.database, request.body.runnerToken)
        const { leaseSeconds } = parts.config
        const { job, jobToken } = await takeJob(parts.database, {
          uuid: request.params.jobUuid,
          runner,
          leaseSeconds,
        })
        const [source, payload] = await Promise.all([
          findSource(parts.database, job),
          leaveOutKept(parts.database, job),
          noteContact(parts, runner, request),
        ])
        const place = {
          origin: originOf(parts, request),
          videoId: source.videoId,
          ...(await locateSource(parts, runner, source.key)),
          ticket: makeSourceTicket(jobToken),
        }
        return {
          job: presentAcceptedJob({
            job: { ...job, payload },
            jobToken,
            runner,
            place,
            leaseSeconds,
          }),
        }
      },
    )
  }
}

async function noteContact(
  { database }: Parts,
  runner: RunnerRow,
  request: FastifyRequest<{ Body: { runnerToken: string } }>,
): Promise<void> {
  if (!isTouchDue(runner, new Date())) return
  await touchRunner(database, request.body.runnerToken, request.ip)
}

/** Whether every runner is to end with the last job that it has (P-33). */
async function isEnding({ database, config }: Parts): Promise<boolean> {
  return (await readPolicies(database, config)).terminateAll
}

/** What one runner is offered at this moment, while others ask too. */
async function offerTo(
  { database }: Parts,
  runner: RunnerRow,
  jobTypes: readonly string[],
  spread: SpreadOffers,
): Promise<OfferedJob[]> {
  if (!(await mayTakeJobs(database, runner))) return []
  const asking = { runnerId: runner.id, jobTypes, encoders: runner.encoders }
  const ids = await spread(runner.id, (extra) => listOffers(database, asking, offerSize + extra))
  return readOffers(database, ids.slice(0, offerSize))
}

/** Longer than any job that reads its source bit by bit; what needs it longer asks the server. */
const sourceExpiresSeconds = 12 * 3600

/** Ways to the source past this server, for those who can go them. */
async function locateSource(
  { config, storage }: Parts,
  runner: RunnerRow,
  key: string,
): Promise<Pick<Place, 'sourcePath' | 'storageUrl'>> {
  const sourcePath = runner.local ? storage.localPath(key) : null
  if (!storage.signer || !config.runnerDirect) return { sourcePath }
  const options = { expiresSeconds: sourceExpiresSeconds }
  return { sourcePath, storageUrl: await storage.signer.get(key, options) }
}
