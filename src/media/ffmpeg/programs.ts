/** Where the two programs are: a path, or a name that is looked up in PATH. */
export interface Programs {
  readonly ffmpeg: string
  readonly ffprobe: string
}

export const defaultPrograms: Programs = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }

let chosen = defaultPrograms

/** Says once, at the start of a process, which programs every later run uses (FFMPEG_PATH, …). */
export function choosePrograms(programs: Programs): void {
  chosen = programs
}

/** The programs that this process uses. */
export function currentPrograms(): Programs {
  return chosen
}
