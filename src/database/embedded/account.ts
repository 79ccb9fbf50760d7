import { chown } from 'node:fs/promises'
import { execa } from 'execa'
import type { Logger } from 'pino'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** As whom PostgreSQL's programs run, for it refuses to run as root. */
export interface Account {
  /** Runs a program to its end; its exit code and what it said. Never throws for an exit code. */
  run: (program: string, programArguments: readonly string[]) => Promise<Outcome>
  /** Gives a folder of ours to the account. */
  own: (folder: string) => Promise<void>
}

interface Outcome {
  readonly exitCode: number
  readonly output: string
}

interface Way {
  readonly prefix: readonly string[]
  readonly uid?: number
}

/** The account that owns nothing, on every Linux. */
const nobody = 65534

/**
 * Ways to be someone else, best first. In a user namespace the process believes that it is user
 * 1000 while every file stays root's: no account has to exist and folders need not be opened. Some
 * container runtimes forbid that; there an unprivileged user does it, where it can reach the files.
 */
const waysAsRoot: readonly Way[] = [
  { prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000'] },
  { prefix: [], uid: nobody },
]

/**
 * Finds an account that can run `program` and enter `folder`.
 *
 * @throws ReelmillError `database_unavailable` when there is none.
 */
export async function findAccount(program: string, folder: string, log: Logger): Promise<Account> {
  if (process.getuid?.() !== 0) return createAccount({ prefix: [] })
  for (const way of waysAsRoot) {
    const account = createAccount(way)
    if (await canWork(account, program, folder)) return account
    log.debug({ way }, 'the embedded PostgreSQL cannot run this way')
  }
  throw new ReelmillError(
    'database_unavailable',
    `PostgreSQL does not run as root, and no other user here can reach ${program} and ${folder}. ` +
      'Start Reelmill as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

async function canWork(account: Account, program: string, folder: string): Promise<boolean> {
  const runs = await account.run(program, ['--version'])
  const enters = await account.run('ls', [folder])
  return runs.exitCode === 0 && enters.exitCode === 0
}

function createAccount({ prefix, uid }: Way): Account {
  return {
    run: async (program, programArguments) => {
      const [first = program, ...rest] = [...prefix, program, ...programArguments]
      const options = { reject: false, all: true, stdin: 'ignore', cwd: '/' } as const
      const identity = uid === undefined ? {} : { uid, gid: uid }
      const result = await execa(first, rest, { ...options, ...identity })
      // No exit code: the program could not be started, or a signal ended it.
      return { exitCode: result.exitCode ?? 127, output: result.all || (result.shortMessage ?? '') }
    },
    own: async (folder) => {
      if (uid !== undefined) await chown(folder, uid, uid)
    },
  }
}
