import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { outlastOutage } from '#database/outlast-outage.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { handInResult } from '#flow/hand-in-result.ts'
import { isFileJob } from '#flow/job-kinds/job-kinds.ts'
import type { Parts } from '#flow/parts.ts'
import { succeedJob } from '#flow/settle.ts'
import { findHeldJob } from '#jobs/find.ts'
import { touchRunner } from '#runners/touch.ts'
import { credentialsOf } from './credentials.ts'
import { type ReceivedForm, receiveResult } from './receive-result.ts'
import { JobParams, SuccessBody } from './schemas.ts'

/**
 * A runner finished a job (runner protocol 1.4, call 13). Whole files come with the call and are
 * looked at after the answer; 204 means that they are safe. Once they are here, a database that is
 * away is waited for: stock runners would not send them again.
 */
export function successRoute(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    const forms = new WeakMap<FastifyRequest, ReceivedForm>()
    // Not after the answer: a runner that went away meanwhile takes none.
    const discard = async (request: FastifyRequest) => forms.get(request)?.remove()
    app.addHook('onError', discard)
    app.addHook<{ Body: { runnerToken: string } }>('preHandler', async (request) => {
      const { body, ip } = request
      const touch = () => touchRunner(parts.database, body.runnerToken, ip)
      await (forms.has(request) ? outlastOutage(touch) : touch())
    })

    app.post(
      '/jobs/:jobUuid/success',
      {
        schema: { params: JobParams, body: SuccessBody },
        preValidation: async (request) => {
          if (!request.isMultipart()) return
          forms.set(request, await receiveResult(parts, request, SuccessBody))
        },
      },
      async (request, reply) => {
        const credentials = credentialsOf(request)
        const payload = request.body.payload ?? {}
        const find = () => findHeldJob(parts.database, credentials)
        const job = await (forms.has(request) ? outlastOutage(find) : find())
        const files = forms.get(request)?.files ?? new Map()
        if (isFileJob(job)) {
          await handInResult(parts, credentials, { files, fields: textsOf(payload) })
        } else if (files.size > 0) {
          throw new ReelmillError('invalid_request', 'This job takes no files.')
        } else {
          const { cpuSeconds = 0, peakMemoryBytes = 0, segments = {} } = payload
          await succeedJob(parts, credentials, { cpuSeconds, peakMemoryBytes, segments })
        }
        await discard(request)
        return reply.status(204).send()
      },
    )
  }
}

/** What is no text or number is none of a result's fields. */
function textsOf(payload: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(payload).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  )
  return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]))
}
