import { openFolder } from './folder-source.ts'
import { openHttp } from './http-source.ts'
import type { Source } from './source.ts'

/** The output at a path or URL; null when there is nothing at the path. */
export async function openSource(location: string): Promise<Source | null> {
  if (/^https?:\/\//i.test(location)) {
    return URL.canParse(location) ? openHttp(new URL(location)) : null
  }
  return await openFolder(location)
}
