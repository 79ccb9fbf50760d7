import { chown } from 'node:fs/promises'
import { userInfo } from 'node:os'
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

/** The account that owns nothing; initdb wants one that has a name, and this one has it everywhere. */
const nobody = 65534

const asOurselves: Way = { prefix: [] }

/**
 * In a user namespace the process believes that it is `nobody`, while to the world and its files it
 * is still who we are: no account has to exist and no folder need be opened to others. Some
 * container runtimes forbid it.
 */
const inNamespace: Way = {
  prefix: ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`],
}

interface Needs {
  /** The program that it must be able to run. */
  readonly program: string
  /** The folder that it must be able to enter. */
  readonly folder: string
  /** User id of the owner of the data, when there is some: PostgreSQL must be that very user. */
  readonly owner: number | null
}

/**
 * Finds an account that PostgreSQL can run as.
 *
 * @throws ReelmillError `database_unavailable` when there is none.
 */
export async function findAccount(needs: Needs, log: Logger): Promise<Account> {
  for (const way of listWays(needs.owner)) {
    const account = createAccount(way)
    if (await canWork(account, needs)) return account
    log.debug({ way }, 'the embedded PostgreSQL cannot run this way')
  }
  throw new ReelmillError(
    'database_unavailable',
    'PostgreSQL runs neither as root nor as a user without a name, and no other user here can run ' +
      `${needs.program} and enter ${needs.folder}. Start Reelmill as an ordinary user, or set ` +
      'DATABASE_URL to a PostgreSQL server.',
  )
}

/** The ways to try, best first. */
function listWays(owner: number | null): readonly Way[] {
  if (process.getuid?.() !== 0) return hasName() ? [asOurselves] : [inNamespace]
  return owner ? [{ prefix: [], uid: owner }] : [inNamespace, { prefix: [], uid: nobody }]
}

/** False in containers that were told to run as some number. */
function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    // The system knows no such user: that is the answer.
    return false
  }
}

async function canWork(account: Account, { program, folder }: Needs): Promise<boolean> {
  const runs = await account.run(program, ['--version'])
  const enters = await account.run('ls', ['-d', `${folder}/.`])
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
