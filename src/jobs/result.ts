/** A file of a result, as it waits in the storage for the server to look at it. */
export interface StagedFile {
  readonly key: string
  /** As the runner called it. */
  readonly filename: string
  readonly sizeBytes: number
}

/** What a runner handed in with success: everything is unproven (security.md 3). */
export interface StagedResult {
  readonly files: Readonly<Record<string, StagedFile>>
  readonly fields: Readonly<Record<string, string>>
}

/** Where all results wait. */
export const stagingRoot = 'results/'

/** Where the results of a job wait; all of it may go once the job is over. */
export function stagingPrefix(jobUuid: string): string {
  return `${stagingRoot}${jobUuid}/`
}

/** The job, and the folder of the call, that a staged file is of; null for any other key. */
export function readStagingKey(key: string): { jobUuid: string; folder: string } | null {
  const [folder, jobUuid] = /^results\/([^/]+)\/[^/]+\//.exec(key) ?? []
  return folder !== undefined && jobUuid !== undefined ? { jobUuid, folder } : null
}

/** Where the files of one call wait, so that calls told at once do not touch each other's. */
export function stagingFolder(jobUuid: string, call: string): string {
  return `${stagingPrefix(jobUuid)}${call}/`
}
