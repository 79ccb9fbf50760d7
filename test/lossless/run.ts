import { resolve } from 'node:path'
import { openLaboratory } from './laboratory.ts'
import { usualCuttings } from './profiles.ts'
import { type Proof, proveLossless } from './prove-lossless.ts'

/**
 * `node test/lossless/run.ts FILES…`: the lossless proof on real clips, one line each. Exit code 1
 * when any picture differs, or sound is off by more than a frame.
 */
const files = process.argv.slice(2).map((file) => resolve(file))
if (files.length === 0) {
  console.error('Which files? node test/lossless/run.ts FILES…')
  process.exit(2)
}
const laboratory = await openLaboratory(usualCuttings, [270, 144])
try {
  console.log(
    'source | access | frames | renditions | chunks | pictures | sound: lag/extra samples',
  )
  for (const file of files) {
    const proof = await proveLossless(laboratory.server, file, usualCuttings)
    print(proof)
    if (proof.differences.length > 0) process.exitCode = 1
  }
} finally {
  await laboratory.close()
}

function print({ source, access, frames, renditions, chunks, differences, lags }: Proof): void {
  const pictures = differences.length === 0 ? 'identical' : 'DIFFERENT'
  const sound = lags.map(
    ({ lagSamples, extraSamples }) => `${lagSamples ?? 'silent'}/${extraSamples}`,
  )
  console.log(
    [
      source,
      access,
      frames,
      renditions.join(' '),
      chunks.join(' '),
      pictures,
      sound.join(' '),
    ].join(' | '),
  )
  for (const difference of differences) console.log(`    ${difference}`)
}
