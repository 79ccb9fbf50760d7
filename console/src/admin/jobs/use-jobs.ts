import { useQuery } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import { type JobFilters, toCountQuery, toJobsQuery } from './job-filters.ts'

/** A page of the jobs that fit; live events keep it true. */
export function useJobs(filters: JobFilters) {
  const query = toJobsQuery(filters)
  return useQuery({
    queryKey: ['fleet', 'jobs', query],
    queryFn: () => read(client.GET('/api/v1/runners/jobs', { params: { query } })),
    // What was found stays while another question is asked.
    placeholderData: (before) => before,
  })
}

/** How many of the jobs that fit are in each state. */
export function useJobCounts(filters: JobFilters) {
  const query = toCountQuery(filters)
  return useQuery({
    queryKey: ['fleet', 'job-counts', query],
    queryFn: () => read(client.GET('/api/v1/runners/jobs/counts', { params: { query } })),
    placeholderData: (before) => before,
  })
}

/** A job with its tries; none is asked for while there is no uuid. */
export function useJob(uuid: string | null) {
  return useQuery({
    queryKey: ['fleet', 'job', uuid],
    queryFn: () =>
      read(
        client.GET('/api/v1/runners/jobs/{jobUuid}', { params: { path: { jobUuid: uuid ?? '' } } }),
      ),
    enabled: uuid !== null,
  })
}
