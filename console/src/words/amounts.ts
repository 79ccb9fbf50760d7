const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Bytes in decimal units: 1.5 MB. */
export function formatBytes(bytes: number): string {
  return scale(bytes, byteUnits)
}

/** Bits per second: 2.8 Mbit/s. */
export function formatBitRate(bitsPerSecond: number): string {
  return scale(bitsPerSecond, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s'])
}

function scale(value: number, units: readonly string[]): string {
  let rest = value
  let step = 0
  while (rest >= 999.5 && step < units.length - 1) {
    rest /= 1000
    step += 1
  }
  const digits = step === 0 || rest >= 99.5 ? 0 : 1
  return `${rest.toFixed(digits)} ${units[step]}`
}

/** A share from 0 to 1: 42 %. Only what is whole is 100 %. */
export function formatShare(share: number): string {
  const percent = Math.floor(share * 100 + 1e-9)
  return `${Math.min(100, Math.max(0, percent))} %`
}

/** A count with its word: 1 video, 3 videos. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`
}
