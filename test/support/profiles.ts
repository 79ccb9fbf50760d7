import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChunkProfile, Profile } from '#stages/planning/profile.ts'

/** Two small rungs, fast to encode, in chunks of one or two segments of one second. */
export const tinyProfile: ChunkProfile = {
  name: 'tiny',
  gopSeconds: 0.5,
  segmentSeconds: 1,
  chunkSecondsMax: 2,
  video: [
    { height: 90, crf: 30, maxrateKbps: 400, preset: 'ultrafast' },
    { height: 54, crf: 30, maxrateKbps: 200, preset: 'ultrafast' },
  ],
  audio: { bitRateKbps: 64, channels: 2 },
}

/** Writes profiles where a server that works in `dataDir` finds them. */
export async function placeProfiles(dataDir: string, profiles: readonly Profile[]): Promise<void> {
  const folder = join(dataDir, 'profiles')
  await mkdir(folder, { recursive: true })
  for (const profile of profiles) {
    await writeFile(join(folder, `${profile.name}.json`), JSON.stringify(profile))
  }
}
