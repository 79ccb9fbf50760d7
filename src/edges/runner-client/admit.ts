import type { Logger } from 'pino'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { RunnerApi, SelfDescription } from './api.ts'
import {
  type Admission,
  forgetRunnerToken,
  makeName,
  readRunnerToken,
  writeRunnerToken,
} from './identity.ts'
import { callPatiently } from './retry.ts'

interface Desk {
  readonly api: RunnerApi
  readonly admission: Admission
  readonly self: SelfDescription
  readonly signal: AbortSignal
  readonly log: Logger
}

/** Who a runner is to its server. */
export interface Identity {
  readonly runnerToken: string
  /** True when it ends with this run: then the runner unregisters. */
  readonly isTemporary: boolean
}

/**
 * The runner's token: given, kept from an earlier run, or got by registering, for as long as it
 * takes until the server is there.
 *
 * @throws ReelmillError `registration_token_invalid`, `runner_name_taken`; `invalid_setting` when
 * there is no token of either kind.
 */
export async function admitSelf(desk: Desk): Promise<Identity> {
  const { runnerToken, name } = desk.admission
  if (runnerToken) return { runnerToken, isTemporary: false }
  const kept = name === undefined ? null : await readRunnerToken(desk.admission)
  return kept === null ? register(desk) : { runnerToken: kept, isTemporary: false }
}

/**
 * A new token for a runner that its server does not know any more.
 *
 * @throws ReelmillError `unknown_runner_token` for one that cannot register, and as `admitSelf`.
 */
export async function readmitSelf(desk: Desk): Promise<Identity> {
  if (!desk.admission.registrationToken) throw new ReelmillError('unknown_runner_token')
  if (desk.admission.name !== undefined) await forgetRunnerToken(desk.admission)
  return register(desk)
}

async function register({ api, admission, self, signal, log }: Desk): Promise<Identity> {
  const { registrationToken, name } = admission
  if (!registrationToken) {
    throw new ReelmillError(
      'invalid_setting',
      'A registration token is needed: --registration-token or RUNNER_REGISTRATION_TOKEN, as `reelmill token create` prints it on the server.',
    )
  }
  const ownName = name ?? makeName()
  const temporary = name === undefined ? { temporary: true } : {}
  const runnerToken = await callPatiently(
    () => api.register({ registrationToken, name: ownName, ...temporary, ...self }),
    { signal },
  )
  if (name !== undefined) await writeRunnerToken(admission, runnerToken)
  log.info({ name: ownName }, 'registered')
  return { runnerToken, isTemporary: name === undefined }
}
