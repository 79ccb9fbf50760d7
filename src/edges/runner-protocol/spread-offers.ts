/**
 * Arranges what one runner is offered. `list` brings the ids of its jobs, the first first, `extra`
 * more than are needed: as many as others may be told to take meanwhile.
 */
export type SpreadOffers = (
  runnerId: number,
  list: (extra: number) => Promise<readonly number[]>,
) => Promise<number[]>

/** A runner takes what it takes within a few round trips; after that the job is anybody's again. */
const momentMs = 150

/** With more runners than this asking at once, some are told the same. */
const mostInTheAir = 250

/**
 * Genuine runners take the first job of the list and nothing else, and one that was too late waits
 * 2.5 s (runner protocol 1.4, 5.3). So runners that ask at the same time are told different jobs
 * first. Nothing is reserved: jobs that others were just told to take come last, and every list
 * holds whatever there is.
 */
export function createOfferSpread(now: () => number): SpreadOffers {
  const told = new Map<number, { readonly runnerId: number; readonly untilMs: number }>()
  let asking = 0

  const forgetOld = () => {
    // They are in the order of their times.
    for (const [jobId, { untilMs }] of told) {
      if (untilMs > now() && told.size <= mostInTheAir) return
      told.delete(jobId)
    }
  }
  const arrange = (runnerId: number, jobIds: readonly number[]) => {
    forgetOld()
    const isOthers = (jobId: number) => (told.get(jobId)?.runnerId ?? runnerId) !== runnerId
    const free = jobIds.filter((id) => !isOthers(id))
    const [first] = free
    if (first !== undefined) {
      told.delete(first)
      told.set(first, { runnerId, untilMs: now() + momentMs })
    }
    return [...free, ...jobIds.filter((id) => !free.includes(id))]
  }
  return async (runnerId, list) => {
    forgetOld()
    const extra = Math.min(told.size + asking, mostInTheAir)
    asking += 1
    try {
      return arrange(runnerId, await list(extra))
    } finally {
      asking -= 1
    }
  }
}
