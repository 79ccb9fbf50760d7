import type { JobRow } from '#jobs/job.ts'

/** What the server knows of a job that was given out while its source was still arriving. */
export function markEarly(copyKey: string | undefined): Readonly<Record<string, unknown>> {
  return { early: true, ...(copyKey === undefined ? {} : { sourceKey: copyKey }) }
}

/** True of a job whose runner may have read a source that was not there as a whole. */
export function isEarlyJob({ private_payload }: Pick<JobRow, 'private_payload'>): boolean {
  return private_payload['early'] === true
}
