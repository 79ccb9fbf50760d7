import { readFileSync } from 'node:fs'

const packageFile = new URL('../../package.json', import.meta.url)

/** Reelmill's version. */
export const ownVersion = (
  JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string }
).version
