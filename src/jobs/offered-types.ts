import type { FileJobType } from './file-payload.ts'

/** Major, minor and patch number of the first runner that knows a type (runner protocol 7.1). */
type FirstVersion = readonly [number, number, number]

const firstVersions: Readonly<Record<FileJobType, FirstVersion>> = {
  'vod-web-video-transcoding': [0, 0, 0],
  'vod-hls-transcoding': [0, 0, 0],
  'vod-audio-merge-transcoding': [0, 0, 0],
  'video-studio-transcoding': [0, 0, 0],
  'video-transcription': [0, 0, 18],
  'generate-video-storyboard': [0, 3, 0],
}

/**
 * Runners tell their version since 0.3. One that tells none may be any before; 0.0.21 is the oldest
 * that Reelmill works with.
 */
const silentVersion: FirstVersion = [0, 0, 21]

/**
 * The types to offer to a runner: those that it names, else those that every genuine runner of its
 * version knows. A genuine runner accepts what it does not know and drops it without a word (runner
 * protocol 1.4, call 8), so Reelmill's own types are only for those that name them.
 */
export function offeredTypes(
  jobTypes: readonly string[] | undefined,
  version: string | null,
): readonly string[] {
  if (jobTypes !== undefined) return jobTypes
  const own = parseVersion(version)
  return Object.entries(firstVersions)
    .filter(([, first]) => isAtLeast(own, first))
    .map(([type]) => type)
}

function parseVersion(version: string | null): FirstVersion {
  if (version === null) return silentVersion
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number)
  return [major, minor, patch]
}

function isAtLeast(version: FirstVersion, first: FirstVersion): boolean {
  const unequal = first.findIndex((number, place) => number !== version[place])
  return unequal === -1 || (version[unequal] ?? 0) > (first[unequal] ?? 0)
}
