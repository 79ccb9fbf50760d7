import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runStorm } from './storm.ts'

/**
 * `npm run test:chaos -- --rounds N`: storms with other seeds, one after the other. Exit code 1 and
 * the seed when something was lost, published twice or left behind; its folder is then kept.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    videos: { type: 'string', default: '20' },
    kills: { type: 'string', default: '100' },
    pause: { type: 'string', default: '1500' },
    seed: { type: 'string' },
  },
})
for (let round = 1; round <= Number(values.rounds); round++) {
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed) + round - 1
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-chaos-'))
  console.log(`round ${round}, seed ${seed}`)
  const faults = await runStorm({
    seed,
    videos: Number(values.videos),
    kills: Number(values.kills),
    pauseMs: Number(values.pause),
    folder,
    say: (line) => console.log(line),
  })
  if (faults.length === 0) {
    console.log('every video is published once and whole, and nothing is left behind')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  } else {
    console.log(`seed ${seed} has faults; see ${folder}`)
    for (const fault of faults) console.log(`  ${fault}`)
    process.exitCode = 1
  }
}
