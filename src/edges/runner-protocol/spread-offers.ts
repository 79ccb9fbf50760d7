/** Jobs that runners were told to take first, each for a moment; of this process. */
export interface OfferSpread {
  /** How many of the jobs at the front others may have been told to take. */
  readonly inTheAir: (nowMs: number) => number
  /**
   * The same jobs, those that others were just told to take after the rest; notes the first as told
   * to this runner.
   */
  readonly arrange: (runnerId: number, jobIds: readonly number[], nowMs: number) => number[]
}

/** A runner takes what it takes within a few round trips; after that the job is anybody's again. */
const momentMs = 300

/** With more runners than this asking at once, some are told the same. */
const mostInTheAir = 250

/**
 * Genuine runners take the first job of the list and nothing else, and one that was too late waits
 * 2.5 s (runner protocol 1.4, 5.3). So runners that ask at the same time are told different jobs
 * first. Nothing is reserved: every list still holds whatever there is.
 */
export function createOfferSpread(): OfferSpread {
  const told = new Map<number, { readonly runnerId: number; readonly untilMs: number }>()

  const forgetOld = (nowMs: number) => {
    // In the order of their times, as they were told.
    for (const [jobId, { untilMs }] of told) {
      if (untilMs > nowMs && told.size <= mostInTheAir) return
      told.delete(jobId)
    }
  }
  return {
    inTheAir: (nowMs) => {
      forgetOld(nowMs)
      return told.size
    },
    arrange: (runnerId, jobIds, nowMs) => {
      forgetOld(nowMs)
      const isOthers = (jobId: number) => (told.get(jobId)?.runnerId ?? runnerId) !== runnerId
      const arranged = [
        ...jobIds.filter((id) => !isOthers(id)),
        ...jobIds.filter((id) => isOthers(id)),
      ]
      const [first] = arranged
      if (first !== undefined && !isOthers(first)) {
        told.delete(first)
        told.set(first, { runnerId, untilMs: nowMs + momentMs })
      }
      return arranged
    },
  }
}
