import { useQuery } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import { usePolling } from '../../api/live.tsx'

/** No event tells of disks and servers. */
const everyMs = 15_000

const readSystem = () => read(client.GET('/api/v1/system'))

export type System = Awaited<ReturnType<typeof readSystem>>

/** All that is known of the installation. */
export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    queryFn: readSystem,
    refetchInterval: usePolling(everyMs),
  })
}

/** What a look for orphans found. */
export type SweepResult = Awaited<ReturnType<typeof sweepStorage>>

/** Looks for objects that no video has, older than so many hours; removes them unless it is a dry run. */
export function sweepStorage(order: { dryRun: boolean; olderThanHours: number }) {
  return read(client.POST('/api/v1/system/sweep', { body: order }))
}
