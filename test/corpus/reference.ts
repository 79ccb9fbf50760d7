import { execa } from 'execa'
import type { VideoView } from '#videos/video-view.ts'

/** More than this share of a source's pictures missing or made up is worth a look. */
const slackShare = 0.01
const slackFrames = 2

/**
 * Compares the frames of a published video with what plain ffmpeg makes of the whole source at the
 * same rate. A remark, not a fault: for sources whose times lie, both answers can be right.
 *
 * @returns a sentence, or null when they agree.
 */
export async function compareWithPlain(path: string, video: VideoView): Promise<string | null> {
  const picture = video.renditions.find(({ kind }) => kind === 'video')
  if (!picture?.frames || !picture.fps) return null
  const plain = await countPlainFrames(path, picture.fps)
  if (plain === null) return 'plain ffmpeg does not read it'
  const slack = Math.max(slackFrames, plain * slackShare)
  if (Math.abs(picture.frames - plain) <= slack) return null
  return `plain ffmpeg makes ${plain} frames of it at ${picture.fps.toFixed(3)} a second`
}

async function countPlainFrames(path: string, fps: number): Promise<number | null> {
  const input = ['-v', 'error', '-nostdin', '-i', path, '-map', '0:v:0']
  const output = ['-vf', `fps=${fps},scale=16:16`, '-f', 'framecrc', '-']
  const options = { reject: false, timeout: 120_000 } as const
  const { stdout, exitCode } = await execa('ffmpeg', [...input, ...output], options)
  const frames = stdout.split('\n').filter((line) => line.startsWith('0,')).length
  return exitCode === 0 || frames > 0 ? frames : null
}
