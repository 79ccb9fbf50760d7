import { createInterface } from 'node:readline'
import { execa } from 'execa'

export interface FfmpegRun {
  readonly args: readonly string[]
  /** Length of the output, for progress; 0 when it is not known. */
  readonly durationSeconds: number
  /** 0 to 100, whole. */
  readonly onProgress: (percent: number) => void
  readonly signal: AbortSignal
}

/**
 * Runs ffmpeg, nice.
 *
 * @throws Error with the last line that ffmpeg said.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<void> {
  const child = execa('nice', ['-n', '20', 'ffmpeg', '-y', '-nostdin', ...run.args], {
    reject: false,
    cancelSignal: run.signal,
    forceKillAfterDelay: 1000,
    stdin: 'ignore',
    stdout: 'ignore',
  })
  let last = ''
  // Its status line ends in a carriage return, which readline takes for the end of a line.
  for await (const line of createInterface({ input: child.stderr })) {
    last = line
    const time = /time=(\d+):(\d+):([\d.]+)/.exec(line)
    if (time && run.durationSeconds > 0) {
      const [hours = 0, minutes = 0, seconds = 0] = time.slice(1).map(Number)
      const done = (hours * 3600 + minutes * 60 + seconds) / run.durationSeconds
      run.onProgress(Math.min(100, Math.round(done * 100)))
    }
  }
  const { exitCode, failed } = await child
  if (failed) throw new Error(`ffmpeg exited with code ${exitCode}: ${last}`)
}
