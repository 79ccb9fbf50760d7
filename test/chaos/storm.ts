import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { makeClip } from '../support/clip.ts'
import { waitFor } from '../support/wait-for.ts'
import { auditVideos, type Expected, findLeftovers } from './audit.ts'
import { type Farm, startFarm, type Victim } from './farm.ts'
import { createRandom, shuffle } from './seeded-random.ts'

export interface StormOptions {
  /** Determines who is killed when. */
  readonly seed: number
  readonly videos: number
  readonly kills: number
  /** Between two kills, from half of this to one and a half. */
  readonly pauseMs: number
  /** An empty folder for everything. */
  readonly folder: string
  readonly say: (line: string) => void
}

const victims: readonly Victim[] = ['server', 'database', 'runner', 'local runner']
const lengthsSeconds = [3, 5, 8]
const framesPerSecond = 25

/**
 * Encodes videos while server, runners and database are killed at random moments, and looks at what
 * is there when all have ended.
 *
 * @returns what is wrong, in sentences.
 */
export async function runStorm(options: StormOptions): Promise<string[]> {
  const { seed, folder, say } = options
  const random = createRandom(seed)
  const [dataDir, home, clips] = ['data', 'elsewhere', 'clips'].map((name) => join(folder, name))
  if (!dataDir || !home || !clips) throw new TypeError('three folders')
  for (const each of [dataDir, home, clips]) await mkdir(each, { recursive: true })
  const farm = await startFarm(dataDir, home)
  try {
    const expected = await takeIn(farm, clips, options)
    await strikeAtRandom(farm, random, options)
    await waitForEnd(farm, expected)
    const faults = await auditVideos(farm, expected)
    await farm.stopRunners()
    const leftovers = await waitForTidiness(farm)
    if (faults.length > 0) say(farm.server().program.stderr())
    return [...faults, ...leftovers.map((each) => `left behind: ${each}`)]
  } finally {
    await farm.close()
  }
}

async function takeIn(farm: Farm, clips: string, { videos }: StormOptions): Promise<Expected[]> {
  const made = lengthsSeconds.map((seconds) =>
    makeClip({
      folder: clips,
      name: `${seconds}.mp4`,
      seconds,
      frameRate: String(framesPerSecond),
    }),
  )
  const paths = await Promise.all(made)
  const expected: Expected[] = []
  for (let number = 0; number < videos; number++) {
    const kind = number % paths.length
    const id = await farm.server().create(paths[kind] ?? '')
    expected.push({ id, frames: (lengthsSeconds[kind] ?? 0) * framesPerSecond })
  }
  return expected
}

async function strikeAtRandom(farm: Farm, random: () => number, options: StormOptions) {
  const { kills, pauseMs, say } = options
  let turn: Victim[] = []
  for (let kill = 1; kill <= kills; kill++) {
    // The one place where time itself is the matter: a blow must fall at any moment.
    await delay(pauseMs * (0.5 + random()))
    if (turn.length === 0) turn = shuffle(random, victims)
    const victim = turn.shift() ?? 'server'
    say(`kill ${kill} of ${kills}: ${victim}`)
    await farm.strike(victim)
  }
}

async function waitForEnd(farm: Farm, expected: readonly Expected[]): Promise<void> {
  for (const { id } of expected) await farm.server().settled(id, 240_000)
}

/** Clearing up comes a moment after the end. What is still there when time is up is returned. */
async function waitForTidiness(farm: Farm): Promise<string[]> {
  try {
    await waitFor('tidiness', async () => (await findLeftovers(farm)).length === 0, 60_000)
    return []
  } catch {
    // Told in the answer, with the rest.
    return findLeftovers(farm)
  }
}
