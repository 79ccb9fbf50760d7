import type { Logger } from 'pino'
import { admitSelf, type Identity, readmitSelf } from '#edges/runner-client/admit.ts'
import { createApi, type JobHolder, type RunnerApi } from '#edges/runner-client/api.ts'
import type { Admission } from '#edges/runner-client/identity.ts'
import { clearLeftovers, openScratch } from '#edges/runner-client/scratch.ts'
import { Shift } from '#edges/runner-client/shift.ts'
import { readCapabilities } from '#media/ffmpeg/capabilities.ts'
import { readConfinement } from '#media/ffmpeg/confinement.ts'
import { defaultPrograms, type Programs } from '#media/ffmpeg/programs.ts'
import type { Works } from '#stages/encoding/work.ts'
import { works as allWorks } from '#stages/encoding/works.ts'

/** What a runner is told when it starts. */
export interface RunnerOptions extends Admission {
  /** Jobs at once. */
  readonly slots: number
  /** Threads of each encoder; 0: as many as it likes. */
  readonly threads: number
  /** Ends the runner: its jobs are given back, its folder goes. */
  readonly signal: AbortSignal
  readonly log: Logger
  readonly programs?: Programs
  readonly works?: Works
}

/**
 * The runner process: is admitted, takes jobs and works on them until the signal fires. A server
 * that is away is waited for. Nothing here reaches the database: a runner knows its server by the
 * runner protocol only.
 *
 * @throws ReelmillError `ffmpeg_missing`; `registration_token_invalid`, `runner_name_taken`,
 * `unknown_runner_token` when the server will not have this runner.
 */
export async function runRunner(options: RunnerOptions): Promise<void> {
  const { server, signal, log, scratchDir, slots, threads } = options
  const { works = allWorks, programs = defaultPrograms } = options
  for (const remark of readConfinement().remarks) log.warn(remark)
  const { encoders } = await readCapabilities(programs)
  const self = { encoders: [...encoders], slots }
  const api = createApi(server, signal)
  const leftovers = await clearLeftovers(scratchDir)
  const scratch = await openScratch(scratchDir)
  const desk = { api, admission: options, self, signal, log }
  try {
    await reportLeftovers(api, leftovers)
    const identity = await admitSelf(desk)
    log.info({ server, slots, encoders: encoders.size }, 'ready for work')
    const shop = { api, server, works, scratch, threads, programs, signal, log }
    const shift = new Shift({ ...shop, self, identity, readmit: () => readmitSelf(desk) })
    const last = await shift.run()
    await leave(last, options)
  } catch (error) {
    // Stopped while it still knocked at the door.
    if (!signal.aborted) throw error
  } finally {
    await scratch.remove()
  }
}

/**
 * Jobs of a run that was killed need not wait for the end of their leases. It counts as a failure,
 * so that a job which kills its runners ends. Where the server does not listen, the lease will do.
 */
async function reportLeftovers(api: RunnerApi, leftovers: readonly JobHolder[]): Promise<void> {
  const failure = { code: 'runner_lost', message: 'The runner was killed.' }
  await Promise.allSettled(leftovers.map((holder) => api.error(holder, failure)))
}

async function leave({ runnerToken, isTemporary }: Identity, options: RunnerOptions) {
  if (!isTemporary) return
  const { server, log } = options
  await createApi(server)
    .unregister(runnerToken)
    .catch((error: unknown) => log.warn({ err: error }, 'the runner could not unregister'))
}
