/** What a visit to one server came to. */
export interface Visit {
  /** There was at least one job. */
  readonly sawJobs: boolean
  /** Something was refused, a lost race included. */
  readonly failed: boolean
}

interface Options<Instance> {
  readonly instances: () => readonly Instance[]
  visit(instance: Instance): Promise<Visit>
  readonly hasRoom: () => boolean
  /** Between two rounds while there is work and room: 2500. */
  readonly chainMs: number
}

/** When a stock runner asks for work: never by the clock alone (runner protocol 5.3). */
export interface Rounds {
  /** One of the triggers. Lost when a round is under way. */
  readonly check: () => void
  readonly stop: () => void
}

/** Rounds that failed one after the other, at which the chain is given up until the next trigger. */
const mostFailures = 5

export function createRounds<Instance>(options: Options<Instance>): Rounds {
  let isChecking = false
  let isStopped = false
  let failures = 0
  // Each round begins a chain of its own, whatever chains there are.
  const chained = new Set<NodeJS.Timeout>()

  const visitAll = async () => {
    let [sawJobs, failed] = [false, false]
    for (const instance of shuffle(options.instances())) {
      const visit = await options.visit(instance)
      sawJobs ||= visit.sawJobs
      failed ||= visit.failed
    }
    return { sawJobs, failed }
  }
  const runRound = async () => {
    isChecking = true
    const { sawJobs, failed } = await visitAll().finally(() => {
      isChecking = false
    })
    failures = failed ? failures + 1 : 0
    const givesUp = failures >= mostFailures
    if (givesUp) failures = 0
    if (isStopped || givesUp || !sawJobs || !options.hasRoom()) return
    const timer = setTimeout(() => {
      chained.delete(timer)
      check()
    }, options.chainMs)
    chained.add(timer)
  }
  const check = () => {
    if (!isChecking && !isStopped) void runRound()
  }
  return {
    check,
    stop: () => {
      isStopped = true
      for (const timer of chained) clearTimeout(timer)
    },
  }
}

function shuffle<Value>(values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ value }) => value)
}
