import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFolder } from '../../../test/support/files.ts'
import { makeHlsFile } from '../../../test/support/single-file.ts'
import { decodeFileSamples } from './decode-samples.ts'

/** The file with rubbish in every box of media data but the first. */
function spoil(bytes: Buffer): Buffer {
  const first = bytes.indexOf('mdat')
  for (let at = bytes.indexOf('mdat', first + 4); at > 0; at = bytes.indexOf('mdat', at + 4)) {
    bytes.fill(0xff, at + 4, at - 4 + bytes.readUInt32BE(at - 4))
  }
  return bytes
}

test('a file whose boxes are right around pictures that are not is refused', async (t) => {
  const folder = await makeFolder(t)
  const { media: path } = await makeHlsFile({ folder, size: '160x90', seconds: 8 })
  const file = { durationSeconds: 8, hasVideo: true, random: () => 0.9 }
  const options = {}
  await decodeFileSamples({ ...file, path }, options)
  const spoilt = join(folder, 'spoilt.mp4')
  await writeFile(spoilt, spoil(await readFile(path)))
  await assert.rejects(decodeFileSamples({ ...file, path: spoilt }, options), {
    code: 'result_refused',
    message: /cannot be decoded at 6\.8 seconds/,
  })
})
