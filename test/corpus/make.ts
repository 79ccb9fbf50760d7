import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { makeNastyClips } from './nasty-clips.ts'

/** `node test/corpus/make.ts DIR`: makes the nasty clips, for `npm run test:corpus -- DIR`. */
const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Where to? node test/corpus/make.ts DIR')
  process.exit(2)
}
await mkdir(resolve(folder), { recursive: true })
await makeNastyClips(resolve(folder))
