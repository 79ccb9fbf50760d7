/** Where the two programs are: a path, or a name that is looked up in PATH. */
export interface Programs {
  readonly ffmpeg: string
  readonly ffprobe: string
}

export const defaultPrograms: Programs = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }
