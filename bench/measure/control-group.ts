import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * A control group of the kernel: whatever is started in it stays in it, daemons too, and what has
 * ended is still counted.
 */
export interface ControlGroup {
  /** Words before a command that make it run in the group. */
  readonly enter: readonly string[]
  /** User and system time of all that ever ran in it. */
  readonly cpuSeconds: () => number
  /** Settles when the group is gone; its processes must have ended, or be about to. */
  readonly remove: () => Promise<void>
}

interface Options {
  readonly name: string
  /** Cores that the group may use; left out: all. */
  readonly cores?: number
}

/** The period over which a limit of CPU is kept, the kernel's default. */
const periodUs = 100_000

/**
 * Makes a group below this process's own, or null where that is not allowed: cgroup v2 for the
 * accounts; for a limit cgroup v2 where it may, else v1 (admin-guide/cgroup-v2, "cpu.max", and
 * sched-bwc of the kernel's documentation).
 */
export function openControlGroup({ name, cores }: Options): ControlGroup | null {
  const folders: string[] = []
  try {
    const unified = makeFolder('cgroup2', '', name)
    if (unified === null) return null
    folders.push(unified)
    if (cores !== undefined) folders.push(...limitCores(unified, cores, name))
  } catch {
    // Not ours to make: a container, or no rights. The caller has another way.
    void removeAll(folders)
    return null
  }
  const [unified = ''] = folders
  return {
    enter: enterWords(folders),
    cpuSeconds: () => readUsageUs(unified) / 1e6,
    remove: () => removeAll(folders),
  }
}

/** Returns the folders besides the first that a process must enter for the limit to hold. */
function limitCores(unified: string, cores: number, name: string): string[] {
  const quotaUs = Math.round(cores * periodUs)
  try {
    writeFileSync(join(unified, '../cgroup.subtree_control'), '+cpu')
    writeFileSync(join(unified, 'cpu.max'), `${quotaUs} ${periodUs}`)
    return []
  } catch {
    // The controller is v1's on this machine.
    const folder = makeFolder('cgroup', 'cpu', name)
    if (folder === null) throw new Error('no CPU controller')
    writeFileSync(join(folder, 'cpu.cfs_period_us'), String(periodUs))
    writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quotaUs))
    return [folder]
  }
}

function makeFolder(type: 'cgroup' | 'cgroup2', controller: string, name: string): string | null {
  const mount = findMount(type, controller)
  if (mount === null) return null
  const folder = join(mount, findOwnPath(controller), name)
  mkdirSync(folder)
  return folder
}

/** proc(5), mountinfo: the mount point is field 5; type and options follow " - ". */
function findMount(type: string, controller: string): string | null {
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    const [place = '', kind = ''] = line.split(' - ')
    const [foundType, , options = ''] = kind.split(' ')
    const hasIt = controller === '' || options.split(',').includes(controller)
    if (foundType === type && hasIt) return place.split(' ')[4] ?? null
  }
  return null
}

/** Lines "ID:CONTROLLERS:PATH"; v2's has no controllers. */
function findOwnPath(controller: string): string {
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, controllers = '', ...path] = line.split(':')
    if (path.length > 0 && controllers.split(',').includes(controller)) return path.join(':')
  }
  return '/'
}

function enterWords(folders: readonly string[]): string[] {
  const writes = folders.map((folder) => `echo $$ > '${folder}/cgroup.procs'`).join(' && ')
  return ['sh', '-c', `${writes} && exec "$@"`, 'sh']
}

function readUsageUs(folder: string): number {
  const stat = readFileSync(join(folder, 'cpu.stat'), 'utf8')
  return Number(/^usage_usec (\d+)$/m.exec(stat)?.[1] ?? Number.NaN)
}

async function removeAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await removeWhenEmpty(folder)
}

/** A killed process leaves its group some milliseconds after its parent was told. */
async function removeWhenEmpty(folder: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await rmdir(folder)
    } catch (error) {
      if (tries >= 100) throw error
      await delay(50)
    }
  }
}
