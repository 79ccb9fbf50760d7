import type { Logger } from 'pino'
import { admitSelf, type Identity, readmitSelf } from '#edges/runner-client/admit.ts'
import { createApi } from '#edges/runner-client/api.ts'
import type { Admission } from '#edges/runner-client/identity.ts'
import { createOpenings } from '#edges/runner-client/openings.ts'
import { clearLeftovers, type Leftover, openScratch } from '#edges/runner-client/scratch.ts'
import { Shift } from '#edges/runner-client/shift.ts'
import { createSlots, type Slots } from '#edges/runner-client/slots.ts'
import { stayWith } from '#edges/runner-client/stay-with.ts'
import { readCapabilities } from '#media/ffmpeg/capabilities.ts'
import { readConfinement } from '#media/ffmpeg/confinement.ts'
import { defaultPrograms, type Programs } from '#media/ffmpeg/programs.ts'
import type { FileWorks, TranscriptionEngine } from '#stages/encoding/files/file-work.ts'
import { fileWorks as allFileWorks } from '#stages/encoding/files/file-works.ts'
import type { Works } from '#stages/encoding/work.ts'
import { works as ownWorks } from '#stages/encoding/works.ts'

/** What a runner has and does, whoever it works for. */
export interface Equipment {
  /** Jobs at once, of all servers together. */
  readonly slots: number
  /** Threads of each encoder; 0: as many as it likes. */
  readonly threads: number
  /** How much its programs give way to others, 0 to 19. */
  readonly niceness?: number
  readonly scratchDir: string
  /** Ends the runner: its jobs are given back, its folder goes. */
  readonly signal: AbortSignal
  /** Takes no more jobs; the runner ends with the last one that it has. */
  readonly drain?: AbortSignal
  readonly log: Logger
  readonly programs?: Programs
  readonly works?: Works
  readonly fileWorks?: Partial<FileWorks>
  /** Without one, transcriptions are not asked for. */
  readonly transcription?: TranscriptionEngine | null
  /** The only types of jobs to take; unset: all that this runner can do. */
  readonly jobTypes?: readonly string[]
}

/** A server to work for, and how a runner comes to its token there. */
export interface Account extends Omit<Admission, 'scratchDir' | 'isOneOfSeveral'> {
  /** The server started the runner on its own machine: files that it names are read. */
  readonly readsInPlace?: boolean
}

/** A runner for one server. */
export type RunnerOptions = Equipment & Account

/**
 * The runner process for one server, a Reelmill or a PeerTube one: is admitted, takes jobs and works
 * on them until the signal fires. A server that is away is waited for. Nothing here reaches the
 * database: a runner knows its server by the runner protocol only.
 *
 * @throws ReelmillError `ffmpeg_missing`; `registration_token_invalid`, `runner_name_taken`,
 * `unknown_runner_token` when the server will not have this runner.
 */
export async function runRunner(options: RunnerOptions): Promise<void> {
  await run([options], options, (work) => work())
}

/**
 * The same for several servers at once, which share its slots fairly. One that will not have this
 * runner is asked again now and then, while it works for the others.
 *
 * @throws ReelmillError `ffmpeg_missing`.
 */
export async function runRunnerForAll(
  accounts: readonly Account[],
  equipment: Equipment,
): Promise<void> {
  await run(accounts, equipment, (work, { server }) => stayWith(server, work, equipment))
}

type Keep = (work: () => Promise<void>, account: Account) => Promise<void>

async function run(accounts: readonly Account[], equipment: Equipment, keep: Keep): Promise<void> {
  const { programs = defaultPrograms, log, scratchDir } = equipment
  for (const remark of readConfinement().remarks) log.warn(remark)
  const { encoders } = await readCapabilities(programs)
  const slots = createSlots(equipment.slots)
  const leftovers = await clearLeftovers(scratchDir)
  const hall: Hall = {
    ...equipment,
    programs,
    room: slots,
    encoders: [...encoders],
    isOneOfSeveral: accounts.length > 1,
  }
  const works = accounts.map((account) => keep(() => workFor(account, hall), account))
  await Promise.all([reportLeftovers(leftovers, equipment.signal), ...works])
}

interface Hall extends Equipment {
  readonly programs: Programs
  readonly room: Slots
  readonly encoders: readonly string[]
  readonly isOneOfSeveral: boolean
}

async function workFor(account: Account, hall: Hall): Promise<void> {
  const { signal, scratchDir, slots, encoders, room, drain, isOneOfSeveral } = hall
  const { server, readsInPlace = false } = account
  const log = hall.log.child({ server })
  const self = { encoders, slots }
  const api = createApi(server, signal)
  const scratch = await openScratch(scratchDir, server)
  const desk = { api, admission: { ...account, scratchDir, isOneOfSeveral }, self, signal, log }
  try {
    const identity = await admitSelf(desk)
    log.info({ slots, encoders: encoders.length }, 'ready for work')
    const openings = createOpenings()
    const shop = { ...readTools(hall), api, server, readsInPlace, scratch, openings, log }
    const readmit = () => readmitSelf(desk)
    const shift = new Shift({ ...shop, self, slots: room, identity, readmit, drain })
    await leave(await shift.run(), server, log)
  } catch (error) {
    // Stopped while it still knocked at the door.
    if (!signal.aborted) throw error
  } finally {
    await scratch.remove()
  }
}

/** What jobs are done with, and of which types they may be. */
function readTools(hall: Hall) {
  const { works = ownWorks, fileWorks = allFileWorks, transcription = null, niceness = 0 } = hall
  const { threads, programs, signal, jobTypes: wanted } = hall
  const jobTypes = [...Object.keys(works), ...Object.keys(fileWorks)]
    .filter((type) => type !== 'video-transcription' || transcription !== null)
    .filter((type) => wanted === undefined || wanted.includes(type))
  return { works, fileWorks, transcription, niceness, threads, programs, signal, jobTypes }
}

/**
 * Jobs of a run that was killed need not wait for the end of their leases. It counts as a failure,
 * so that a job which kills its runners ends. Where the server does not listen, the lease will do.
 */
async function reportLeftovers(leftovers: readonly Leftover[], signal: AbortSignal) {
  const failure = { code: 'runner_lost', message: 'The runner was killed.' }
  await Promise.allSettled(
    leftovers.map(({ server, holder }) => createApi(server, signal).error(holder, failure)),
  )
}

/** Only a runner that came for this run goes by itself; no answer of a server makes it (8.2). */
async function leave({ runnerToken, isTemporary }: Identity, server: string, log: Logger) {
  if (!isTemporary) return
  await createApi(server)
    .unregister(runnerToken)
    .catch((error: unknown) => log.warn({ err: error }, 'the runner could not unregister'))
}
