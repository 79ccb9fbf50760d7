import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import type { StagedFile } from '#jobs/result.ts'
import type { ExpectedFile } from '#media/single-file/check-result.ts'
import { measureShorter } from '#media/single-file/shorter-streams.ts'
import type { NameParts } from '#stages/planning/whole-files/names.ts'
import type { FileRendition, WholeFilePlan } from '#stages/planning/whole-files/plan.ts'
import type { Parts } from '../parts.ts'
import type { Version } from '../version.ts'
import type { Completion } from './job-kind.ts'
import { readAsFile } from './staged-path.ts'

/** A job of a plan of whole files, and what was ordered by it. */
export interface OrderedFile {
  readonly plan: WholeFilePlan
  readonly rendition: FileRendition
  readonly expected: ExpectedFile
  readonly names: NameParts
}

/** What a job of whole files ordered, from the version's plan. */
export function findOrder({ job, version }: Completion): OrderedFile {
  const { plan, media } = version
  const rendition =
    plan?.kind === 'whole-files'
      ? plan.renditions.find(({ name }) => name === job.label)
      : undefined
  if (plan?.kind !== 'whole-files' || !rendition || !media) {
    throw new ReelmillError('internal', 'The job is in no plan of whole files.')
  }
  return {
    plan,
    rendition,
    expected: {
      ...rendition,
      durationSeconds: media.durationSeconds,
      shorterAtMostSeconds: measureShorter(media, rendition),
    },
    names: nameParts(plan, version, job, rendition.resolution),
  }
}

function nameParts(
  { naming }: WholeFilePlan,
  { base_name: baseName }: Version,
  { uuid }: JobRow,
  resolution: number,
): NameParts {
  return { naming, baseName, uuid, resolution }
}

/**
 * Where a staged file can be read: where it was staged, or at its final key when an earlier run was
 * cut off after it was moved there.
 */
export async function findStaged(
  parts: Parts,
  staged: StagedFile,
  finalKey: string,
  scratch: string,
): Promise<string> {
  const isMoved = (await parts.storage.head(staged.key)) === null
  return readAsFile(parts, isMoved ? finalKey : staged.key, scratch)
}

/** Moves a staged file to its final key, if an earlier run did not. */
export async function moveStaged(
  { storage }: Parts,
  staged: StagedFile,
  finalKey: string,
): Promise<void> {
  if ((await storage.head(staged.key)) === null) return
  const path = storage.localPath(staged.key)
  if (path === null) await storage.copy(staged.key, finalKey)
  else await storage.putFile(finalKey, path)
}
