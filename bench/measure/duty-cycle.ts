import { readdirSync, readFileSync } from 'node:fs'

const periodMs = 100

/**
 * Lets a process and all its descendants run for a share of the time only, by stopping and
 * continuing them in turns: for machines where no control group can be made. Rougher than a quota,
 * since it limits time and not use; pin the process to one core besides.
 */
export function keepDutyCycle(pid: number, share: number): { readonly end: () => void } {
  let isEnded = false
  let timer: NodeJS.Timeout
  const run = (): void => {
    signalTree(pid, 'SIGCONT')
    timer = setTimeout(pause, periodMs * share)
  }
  const pause = (): void => {
    if (isEnded) return
    signalTree(pid, 'SIGSTOP')
    timer = setTimeout(run, periodMs * (1 - share))
  }
  run()
  return {
    end: () => {
      isEnded = true
      clearTimeout(timer)
      signalTree(pid, 'SIGCONT')
    },
  }
}

function signalTree(root: number, signal: NodeJS.Signals): void {
  for (const pid of listTree(root)) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended since it was listed.
    }
  }
}

/** The process and its descendants, parents first. */
function listTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? readParent(name) : null
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

function readParent(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    // It ended since it was listed.
    return null
  }
}
