import type { Programs } from '#media/ffmpeg/programs.ts'
import type { Parts } from './parts.ts'

/** The programs that this server runs on media: FFMPEG_PATH and FFPROBE_PATH. */
export function programsOf({ config }: Pick<Parts, 'config'>): Programs {
  return { ffmpeg: config.ffmpegPath, ffprobe: config.ffprobePath }
}
