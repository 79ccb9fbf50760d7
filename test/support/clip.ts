import { join } from 'node:path'
import { execa } from 'execa'

interface ClipOptions {
  readonly folder: string
  readonly name?: string
  readonly seconds?: number
  readonly frameRate?: string
  readonly size?: string
  /** More arguments for the output: codecs, muxer flags. */
  readonly output?: readonly string[]
  readonly sound?: boolean
}

/** Makes a small clip with a moving picture that differs in every frame, and a tone. */
export async function makeClip(options: ClipOptions): Promise<string> {
  const { folder, name = 'clip.mp4', seconds = 4, frameRate = '25', size = '160x90' } = options
  const { sound = true, output = [] } = options
  const path = join(folder, name)
  const picture = `testsrc2=size=${size}:rate=${frameRate}:duration=${seconds}`
  const tone = `sine=frequency=440:sample_rate=48000:duration=${seconds}`
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', picture],
    ...(sound ? ['-f', 'lavfi', '-i', tone, '-c:a', 'aac', '-ac', '2'] : []),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '37', '-pix_fmt', 'yuv420p'],
    ...output,
    path,
  ])
  return path
}
