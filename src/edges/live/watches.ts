import { readFleetMarks } from '#jobs/read-fleet-marks.ts'
import { readWebhookMark } from '#webhooks/read-mark.ts'
import { watchOf } from './watch.ts'

/** What changed of the fleet since it was told last; pages ask for it anew. */
export interface FleetNews {
  readonly runners: boolean
  readonly jobs: boolean
}

export const fleetWatchOf = watchOf({
  name: 'the fleet',
  topics: ['jobs', 'ended'],
  read: readFleetMarks,
  compare: (before, now, wasTold): FleetNews | null => {
    const jobs = wasTold || before.jobs !== now.jobs
    const runners = before.runners !== now.runners
    // What a runner has in hand is part of what is shown of it.
    return jobs || runners ? { jobs, runners: runners || jobs } : null
  },
})

/** Webhooks were changed or called, or are to be called. */
export const webhookWatchOf = watchOf({
  name: 'what webhooks did',
  topics: ['webhooks'],
  read: readWebhookMark,
  compare: (before, now, wasTold) => (wasTold || before !== now ? ({} as const) : null),
})
