const keptLines = 20
const keptCharacters = 400
/** Of a level that matters, from one of ffmpeg's network protocols: `[http @ 0x…] [error] …`. */
const networkLine = /^\[(?:https?|tcp|tls)\b.*\[(?:warning|error|fatal)\]/

/** What is kept of a program's standard error while it runs: constant memory, whatever it prints. */
export interface StderrTail {
  readonly take: (text: string) => void
  /** True when the last word about the network is not that another try follows. */
  readonly isInputBroken: () => boolean
  /** The lines kept, and what `-benchmark` printed at the end: null when it did not. */
  readonly finish: () => {
    readonly lines: readonly string[]
    readonly cpuSeconds: number | null
    readonly peakMemoryBytes: number | null
  }
}

/**
 * Keeps the last 20 warnings and errors of a program run with `-loglevel level+info`; the lines of
 * level info are needed only for `-benchmark`, which prints there. `secrets` (paths, addresses,
 * everything that the owner of a video need not see) are replaced by what they map to.
 */
export function keepStderrTail(secrets: ReadonlyMap<string, string>): StderrTail {
  const lines: string[] = []
  let rest = ''
  let cpuSeconds: number | null = null
  let peakMemoryBytes: number | null = null
  let inputBroken = false

  const takeLine = (line: string): void => {
    const times = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(line)
    if (times) cpuSeconds = Number(times[1]) + Number(times[2])
    const memory = /bench: maxrss=(\d+)kB/.exec(line)
    if (memory) peakMemoryBytes = Number(memory[1]) * 1024
    if (networkLine.test(line)) inputBroken = !line.includes('Will reconnect')
    if (line.trim() === '' || /\[(info|verbose|debug)\]/.test(line)) return
    lines.push(clean(line, secrets))
    if (lines.length > keptLines) lines.shift()
  }

  return {
    isInputBroken: () => inputBroken,
    take(text) {
      const parts = (rest + text).split(/[\r\n]+/)
      rest = (parts.pop() ?? '').slice(0, 4096)
      for (const part of parts) takeLine(part)
    },
    finish() {
      if (rest !== '') takeLine(rest)
      return { lines, cpuSeconds, peakMemoryBytes }
    },
  }
}

function clean(line: string, secrets: ReadonlyMap<string, string>): string {
  let text = line.replaceAll(/ @ 0x[0-9a-f]+/g, '').replaceAll(/\[(warning|error|fatal)\] /g, '')
  for (const [secret, name] of secrets) text = text.replaceAll(secret, name)
  return text.slice(0, keptCharacters)
}
