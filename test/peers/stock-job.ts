import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { download } from './stock-download.ts'
import { makeForm } from './stock-form.ts'
import { makeJson, sendCustom } from './stock-http.ts'
import type { StockSpeaker } from './stock-speaker.ts'
import { findWork, type ResultFile } from './stock-works.ts'

/** The parts of an accepted job that the stock runner uses. */
export interface StockJob {
  readonly uuid: string
  readonly type: string
  readonly payload: unknown
  readonly jobToken: string
}

interface Processing {
  readonly job: StockJob
  readonly runnerToken: string
  readonly speaker: StockSpeaker
  readonly scratch: string
  readonly updateEveryMs: number
  readonly signal: AbortSignal
}

/**
 * Does one accepted job from its first update to success or error (runner protocol 5.4). Nothing is
 * tried again, and a call that fails is only noted. A type that is not known is dropped without a
 * word to the server.
 */
export async function processJob(processing: Processing): Promise<void> {
  const { job, speaker, signal } = processing
  const work = speaker.habits.knownTypes.includes(job.type) ? findWork(job.type) : null
  if (!work) return speaker.note(`unknown job type ${job.type}`)
  const folder = join(processing.scratch, randomUUID())
  await mkdir(folder, { recursive: true })
  const reports = startReports(processing)
  try {
    const result = await work(job.payload, {
      habits: speaker.habits,
      folder,
      fetch: (url) => fetchInput(processing, folder, url),
      onProgress: reports.set,
      signal,
    })
    await sendResult(processing, result.texts, result.files)
  } catch (error) {
    // Whoever stops the runner has given the job back already.
    if (!signal.aborted) await sendError(processing, error)
  } finally {
    reports.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** At once, and then for as long as the job lasts, whatever it is doing. */
function startReports({ job, runnerToken, speaker, updateEveryMs }: Processing) {
  let progress = speaker.habits.startsAtZero ? 0 : undefined
  const report = async () => {
    const { jobToken } = job
    const tokens = [
      ['jobToken', jobToken],
      ['runnerToken', runnerToken],
    ] as const
    const body = await makeForm([['progress', progress], ...tokens])
    await speaker.say({ path: `/jobs/${job.uuid}/update`, body, expects: 204 })
  }
  const reportQuietly = () => void report().catch(() => undefined)
  reportQuietly()
  const timer = setInterval(reportQuietly, updateEveryMs)
  return {
    set: (percent: number) => {
      progress = percent
    },
    stop: () => clearInterval(timer),
  }
}

/** Under a random name without an extension; again for each job. */
async function fetchInput(
  { job, runnerToken, speaker, signal }: Processing,
  folder: string,
  url: string,
): Promise<string> {
  const path = join(folder, randomUUID())
  const tokens = { runnerToken, jobToken: job.jobToken }
  speaker.note(`download ${url}`)
  await download({ url, tokens, path, signal })
  return path
}

async function sendResult(
  { job, runnerToken, speaker, signal }: Processing,
  texts: readonly (readonly [string, string])[],
  files: readonly ResultFile[],
): Promise<void> {
  const rest: ResultFile[] = []
  for (const file of files) {
    if (speaker.habits.knowsCustomUpload && file.customUpload) {
      const body = await makeForm([], [{ ...file, field: 'file' }])
      await sendCustom(file.customUpload, body, signal)
    } else rest.push(file)
  }
  const tokens = [
    ['jobToken', job.jobToken],
    ['runnerToken', runnerToken],
  ] as const
  const body = await makeForm([...tokens, ...texts], rest)
  await speaker.say({ path: `/jobs/${job.uuid}/success`, body, expects: 204, signal })
}

async function sendError({ job, runnerToken, speaker }: Processing, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error)
  const body = makeJson({ message, jobToken: job.jobToken, runnerToken })
  try {
    await speaker.say({ path: `/jobs/${job.uuid}/error`, body, expects: 204 })
  } catch (refusal) {
    speaker.note(`the error could not be told: ${String(refusal)}`)
  }
}
