import { ReelmillError } from '#errors/reelmill-error.ts'
import { probeSource } from '#stages/probing/probe.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import { withScratch } from '../scratch.ts'
import type { Step } from '../step.ts'
import type { Version } from '../version.ts'

/** Finds out what the source is, and keeps a readable copy where the source itself is not exact. */
export const runProbing: Step = async (parts, version, signal) => {
  const path = locateSource(parts, version)
  return withScratch(parts, async (scratch) => {
    const { media, readablePath } = await probeSource({
      path,
      scratch,
      limits: parts.config,
      signal,
      programs: programsOf(parts),
    })
    if (readablePath === null) return { media, readableKey: null }
    const readableKey = `sources/${version.video_id}/${version.number}/readable`
    await parts.storage.putFile(readableKey, readablePath)
    return { media, readableKey }
  })
}

function locateSource(parts: Parts, version: Version): string {
  const path = parts.storage.localPath(version.source_key)
  if (path !== null) return path
  throw new ReelmillError('internal', 'Sources in a storage without files are not supported yet.')
}
