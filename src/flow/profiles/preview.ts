import type { MediaInfo } from '#media/probe/media-info.ts'
import type { FieldProblem } from '#stages/planning/field-problems.ts'
import { outlinePlan } from '#stages/planning/outline-plan.ts'
import {
  type ProfilePreview,
  previewProfile,
  withoutDetails,
} from '#stages/planning/preview/preview-profile.ts'
import { isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import { planWholeFiles } from '#stages/planning/whole-files/plan-whole-files.ts'
import { countFleet } from '../count-fleet.ts'
import type { Parts } from '../parts.ts'
import { findMissingEncoders, listEncoders } from './missing-encoders.ts'
import { problemsOf } from './profile-view.ts'
import { checkEdit } from './save-profile.ts'

/** What a profile would give here. */
export interface PreviewHere extends ProfilePreview {
  /** Those that no runner has: a video would be refused. */
  readonly missingEncoders: readonly string[]
}

/** What an edit would give, or what is wrong with it. */
export interface JudgedEdit {
  readonly problems: readonly FieldProblem[]
  /** null where there are problems. */
  readonly preview: PreviewHere | null
}

/** What an edit would give for a source, with the runners that are there; nothing is kept. */
export async function judgeEdit(
  parts: Parts,
  edit: Readonly<Record<string, unknown>>,
  media: MediaInfo,
): Promise<JudgedEdit> {
  const { name = 'preview' } = edit
  try {
    const profile = checkEdit(String(name), edit)
    return { problems: [], preview: await previewHere(parts, profile, media) }
  } catch (error) {
    return { problems: problemsOf(error), preview: null }
  }
}

async function previewHere(parts: Parts, profile: Profile, media: MediaInfo): Promise<PreviewHere> {
  const missingEncoders = findMissingEncoders(profile, await listEncoders(parts))
  const preview = isWholeFileProfile(profile)
    ? withoutDetails(outlinePlan(planWholeFiles(media, profile, parts.config), media))
    : previewProfile(profile, media, await countFleet(parts))
  return { ...preview, missingEncoders }
}
