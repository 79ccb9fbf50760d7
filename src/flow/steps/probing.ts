import { readPolicies } from '#policies/read.ts'
import { probeSource } from '#stages/probing/probe.ts'
import { programsOf } from '../programs.ts'
import { withScratch } from '../scratch.ts'
import type { Step } from '../step.ts'
import { withSource } from '../with-source.ts'

/** Finds out what the source is, and keeps a readable copy where the source itself is not exact. */
export const runProbing: Step = async (parts, version, signal) =>
  withScratch(parts, async (scratch) => {
    const { verifyDuringIngest: verifies } = await readPolicies(parts.database, parts.config)
    const { media, readablePath } = await withSource(parts, version.source_key, (source) =>
      probeSource({
        source,
        scratch,
        limits: parts.config,
        verifies,
        signal,
        programs: programsOf(parts),
      }),
    )
    if (readablePath === null) return { media, readableKey: null }
    const readableKey = `sources/${version.video_id}/${version.number}/readable`
    await parts.storage.putFile(readableKey, readablePath)
    return { media, readableKey }
  })
