import { execa } from 'execa'

/** Runs ffmpeg as a maker of test media, overwriting; fails with what it said. */
export async function runFfmpeg(args: readonly string[]): Promise<void> {
  await execa('ffmpeg', ['-hide_banner', '-v', 'error', '-nostdin', '-y', ...args])
}
