import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { BulkOutcomeSchema, doToEach } from '#edges/http/bulk.ts'
import { problems } from '#edges/http/schemas.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { retryJob } from '#flow/retry-job.ts'
import { cancelJob, deleteJob } from '#flow/settle-tree.ts'
import {
  countJobs,
  getJob,
  type JobFilter,
  type JobOrder,
  type JobQuery,
  jobStates,
  listJobs,
} from '#jobs/list.ts'
import { readTries } from '#jobs/list-tries.ts'
import { gatherLists, readPaging } from './admin-paging.ts'
import { JobCountsQuery, JobsBulkBody, JobsQuery } from './admin-schemas.ts'
import { JobCounts, RunnerJobDetails, RunnerJobList } from './fleet-schemas.ts'
import { originOf } from './origin.ts'
import { presentJobDetails, presentListedJob } from './present-listed-job.ts'
import { JobParams, noContent } from './schemas.ts'

const about = (summary: string) => ({ tags: ['jobs'], summary })

/** Jobs as an operator sees and governs them (runner protocol 1.5, calls 14 to 16; D-92, D-93). */
export function adminJobRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(readingRoutes(parts))
    await app.register(changingRoutes(parts))
  }
}

function readingRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  const { database } = parts
  return async (app) => {
    app.addHook('preValidation', async (request) => {
      const query = request.query as Record<string, unknown>
      request.query = gatherLists(query, ['stateOneOf', 'typeOneOf'])
    })

    const list = { ...about('Jobs'), querystring: JobsQuery }
    const listed = { ...list, response: { 200: RunnerJobList, ...problems } }
    app.get('/jobs', { schema: listed }, async (request) => {
      const { total, jobs } = await listJobs(database, readQuery(request.query))
      const origin = originOf(parts, request)
      return { total, data: jobs.map((job) => presentListedJob(job, origin)) }
    })

    const counted = { 200: JobCounts, ...problems }
    const count = { ...about('How many jobs are in each state'), querystring: JobCountsQuery }
    app.get('/jobs/counts', { schema: { ...count, response: counted } }, async ({ query }) =>
      countJobs(database, readFilter(query)),
    )

    const one = { ...about('A job, with its tries'), params: JobParams }
    const shown = { ...one, response: { 200: RunnerJobDetails, ...problems } }
    app.get('/jobs/:jobUuid', { schema: shown }, async (request) => {
      const job = await getJob(database, request.params.jobUuid)
      if (!job) throw new ReelmillError('job_not_found')
      const tries = await readTries(database, job.id)
      return presentJobDetails(job, tries, originOf(parts, request))
    })
  }
}

type Act = (parts: Parts, uuid: string) => Promise<void>

const acts = {
  cancel: { act: cancelJob, sentence: 'an operator cancelled a job' },
  retry: { act: retryJob, sentence: 'an operator has a job done again' },
  delete: { act: deleteJob, sentence: 'an operator deleted a job' },
} as const satisfies Readonly<Record<string, { act: Act; sentence: string }>>

function changingRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  const change = async (action: keyof typeof acts, job: string, { log }: FastifyRequest) => {
    await acts[action].act(parts, job)
    log.info({ job }, acts[action].sentence)
  }
  return async (app) => {
    const one = (summary: string) => ({
      ...about(summary),
      params: JobParams,
      response: { 204: noContent, ...problems },
    })
    const cancel = one('Cancel a job, with all that waits for it')
    app.post('/jobs/:jobUuid/cancel', { schema: cancel }, async (request, reply) => {
      await change('cancel', request.params.jobUuid, request)
      return reply.status(204).send(null)
    })

    const retry = one('Have a job done that errored or was cancelled; its video goes on with it')
    app.post('/jobs/:jobUuid/retry', { schema: retry }, async (request, reply) => {
      await change('retry', request.params.jobUuid, request)
      return reply.status(204).send(null)
    })

    const remove = one('Delete a job, with all that waits for it')
    app.delete('/jobs/:jobUuid', { schema: remove }, async (request, reply) => {
      await change('delete', request.params.jobUuid, request)
      return reply.status(204).send(null)
    })

    const many = { ...about('Cancel or retry many jobs'), body: JobsBulkBody }
    const outcome = { response: { 200: BulkOutcomeSchema, ...problems } }
    app.post('/jobs/bulk', { schema: { ...many, ...outcome } }, async (request) => {
      const { action, ids } = request.body
      return doToEach(ids, (uuid) => change(action, uuid, request), request.log)
    })
  }
}

function readQuery(query: Static<typeof JobsQuery>): JobQuery {
  const { sort = '-createdAt', stateOneOf } = query
  return {
    ...readPaging(query),
    ...readFilter(query),
    states: stateOneOf?.flatMap((number) => jobStates[Number(number) - 1] ?? []),
    // Sound: the schema lets nothing else through.
    orderBy: sort.replace(/^[-+ ]/, '') as JobOrder,
    ascending: !sort.startsWith('-'),
  }
}

function readFilter(query: Static<typeof JobCountsQuery>): JobFilter {
  const { typeOneOf, search, videoId, runnerId } = query
  return {
    search,
    videoId,
    types: typeOneOf,
    runnerId: runnerId === undefined ? undefined : Number(runnerId),
  }
}
