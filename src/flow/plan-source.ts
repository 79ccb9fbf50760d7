import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { Plan } from '#stages/planning/plan.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { isWholeFileProfile } from '#stages/planning/profile.ts'
import { planWholeFiles } from '#stages/planning/whole-files/plan-whole-files.ts'
import { probeFile } from '#stages/probing/probe.ts'
import { chooseProfile } from './choose-profile.ts'
import { countFleet } from './count-fleet.ts'
import type { Parts } from './parts.ts'
import { programsOf } from './programs.ts'

/** What would be done for a file, and why; nothing is started and nothing is kept (V-11, U35). */
export async function planSource(
  parts: Parts,
  request: { readonly path: string; readonly profile?: string | undefined },
): Promise<{ readonly media: MediaInfo; readonly plan: Plan }> {
  const profile = await chooseProfile(parts, request.profile ?? 'default')
  await stat(request.path).catch((cause: unknown) => {
    throw new ReelmillError('source_not_found', `There is no file ${request.path}.`, { cause })
  })
  const scratch = await mkdtemp(join(tmpdir(), 'reelmill-plan-'))
  try {
    const { media } = await probeFile({
      path: request.path,
      scratch,
      limits: parts.config,
      signal: AbortSignal.timeout(10 * 60_000),
      programs: programsOf(parts),
    })
    const plan = isWholeFileProfile(profile)
      ? planWholeFiles(media, profile, parts.config)
      : planVersion(media, profile, await countFleet(parts))
    return { media, plan }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
