import type { Profile } from './profile.ts'

/** Where a version's output goes when its profile does not say. */
const prefixDefault = 'videos/{id}/{version}/'

interface Names {
  readonly videoId: string
  readonly version: number
  /** Seconds since 1970 when the upload was promised; the version where nobody promised one. */
  readonly stamp: number
}

/** The folder of a version's output in the storage, ending with "/". */
export function fillPrefix(profile: Profile, { videoId, version, stamp }: Names): string {
  const filled = (profile.prefix ?? prefixDefault)
    .replaceAll('{id}', videoId)
    .replaceAll('{version}', String(version))
    .replaceAll('{stamp}', String(stamp))
  return filled.endsWith('/') ? filled : `${filled}/`
}
