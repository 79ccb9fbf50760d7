import { availableParallelism } from 'node:os'
import { execaSync } from 'execa'

/** What this machine lets us take away from ffmpeg before it reads a stranger's file. */
export interface Confinement {
  /** Words before the program's own, for input from a file. Empty where nothing works. */
  readonly forFiles: readonly string[]
  /** The same with the network left, for input from our own signed addresses. */
  readonly forNetwork: readonly string[]
  /** What could not be taken away, in sentences for the operator; to be said once, at start. */
  readonly remarks: readonly string[]
}

const gibibyte = 1024 ** 3
/** Every thread of glibc may reserve 64 MiB arenas and its stack: address space grows with cores. */
const addressSpaceBytes = (16 + 2 * availableParallelism()) * gibibyte
const fileSizeBytes = 256 * gibibyte
const openFiles = 512

const limits = [
  'prlimit',
  `--as=${addressSpaceBytes}`,
  `--fsize=${fileSizeBytes}`,
  `--nofile=${openFiles}`,
  '--core=0',
  '--',
]
/** Dies with us even when we are killed at once; never gains a privilege. */
const privileges = ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--']
/** With real root's rights first: a user namespace would hide files of other users from root. */
const networks = [
  ['unshare', '--net', '--'],
  ['unshare', '--map-root-user', '--net', '--'],
]

let found: Confinement | null = null

/**
 * Finds out once per process what works here (some 20 ms), by running `true` under it. Each of the
 * three programs replaces itself by the next: the process id is ffmpeg's, and a spawn costs 3 ms
 * more.
 */
export function readConfinement(): Confinement {
  found ??= findConfinement()
  return found
}

function findConfinement(): Confinement {
  const remarks: string[] = []
  const pick = (candidates: readonly (readonly string[])[], remark: string): readonly string[] => {
    const working = candidates.find(works)
    if (!working) remarks.push(remark)
    return working ?? []
  }
  const network = pick(networks, 'ffmpeg keeps its access to the network: unshare does not work.')
  const privilege = pick([privileges], 'ffmpeg may gain privileges: setpriv does not work.')
  const limit = pick([limits], 'ffmpeg runs without limits of memory and files: no prlimit.')
  const forNetwork = [...privilege, ...limit]
  return { forFiles: [...network, ...forNetwork], forNetwork, remarks }
}

function works([file, ...args]: readonly string[]): boolean {
  if (file === undefined) return false
  return execaSync(file, [...args, 'true'], { reject: false, stdio: 'ignore' }).exitCode === 0
}
