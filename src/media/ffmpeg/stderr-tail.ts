const keptLines = 20
const keptCharacters = 400

/** What is kept of a program's standard error while it runs: constant memory, whatever it prints. */
export interface StderrTail {
  readonly take: (text: string) => void
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

  const takeLine = (line: string): void => {
    const times = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(line)
    if (times) cpuSeconds = Number(times[1]) + Number(times[2])
    const memory = /bench: maxrss=(\d+)kB/.exec(line)
    if (memory) peakMemoryBytes = Number(memory[1]) * 1024
    if (line.trim() === '' || /\[(info|verbose|debug)\]/.test(line)) return
    lines.push(clean(line, secrets))
    if (lines.length > keptLines) lines.shift()
  }

  return {
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
