import { makeStill } from '#media/pictures/make-still.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { WholeFileProfile } from '#stages/planning/profile.ts'
import { mergedSize } from '#stages/planning/whole-files/film.ts'
import { planWholeFileJobs } from '#stages/planning/whole-files/plan-whole-file-jobs.ts'
import { planWholeFiles } from '#stages/planning/whole-files/plan-whole-files.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import type { StepResult } from '../step.ts'
import type { Version } from '../version.ts'

/** Decides which whole files will be made, and orders them from the runners (D-41; section 6.2). */
export async function planFiles(
  parts: Parts,
  version: Version & { readonly media: MediaInfo },
  profile: WholeFileProfile,
  signal: AbortSignal,
): Promise<StepResult> {
  const plan = planWholeFiles(version.media, profile, parts.config)
  const isMerged = plan.renditions.some(({ type }) => type === 'vod-audio-merge-transcoding')
  const circumstances = {
    videoUuid: version.video_id,
    requestedAt: new Date(),
    baseName: version.base_name,
    previewKey: isMerged ? await putStill(parts, version, signal) : null,
  }
  return { plan, jobs: planWholeFileJobs(plan, version.media, circumstances) }
}

async function putStill(parts: Parts, version: Version, signal: AbortSignal): Promise<string> {
  const key = `sources/${version.video_id}/${version.number}/preview.jpg`
  const programs = programsOf(parts)
  await parts.storage.put(key, await makeStill({ ...mergedSize, signal, programs }))
  return key
}
