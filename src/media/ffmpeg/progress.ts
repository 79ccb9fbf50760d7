/** One report of `-progress`, about twice a second. */
export interface Progress {
  /** Frames of the first video output so far; 0 without one. */
  readonly frame: number
  /** Time of the output reached, in seconds; null before the first packet. */
  readonly outTimeSeconds: number | null
  readonly fps: number | null
  /** Seconds of output per second of wall clock. */
  readonly speed: number | null
}

/**
 * A consumer of the text that `-progress` writes: `key=value` lines, a report ending with
 * `progress=continue` or `progress=end`. Text may come cut at any place.
 */
export function parseProgress(onProgress: (progress: Progress) => void): (text: string) => void {
  let rest = ''
  let fields = new Map<string, string>()
  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const cut = line.indexOf('=')
      if (cut < 0) continue
      const key = line.slice(0, cut)
      fields.set(key, line.slice(cut + 1).trim())
      if (key !== 'progress') continue
      onProgress(toProgress(fields))
      fields = new Map()
    }
  }
}

function toProgress(fields: ReadonlyMap<string, string>): Progress {
  const microseconds = readNumber(fields.get('out_time_us'))
  return {
    frame: readNumber(fields.get('frame')) ?? 0,
    // Before the first packet ffmpeg prints the smallest 64-bit number or "N/A".
    outTimeSeconds: microseconds === null || microseconds < -1e15 ? null : microseconds / 1e6,
    fps: readNumber(fields.get('fps')),
    speed: readNumber(fields.get('speed')?.replace(/x$/, '')),
  }
}

function readNumber(text: string | undefined): number | null {
  if (text === undefined || text === '' || text === 'N/A') return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
