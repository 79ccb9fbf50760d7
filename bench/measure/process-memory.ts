import { readFileSync } from 'node:fs'

const megabyte = 1e6

/** Resident memory of a living process in MB: now, and at its highest so far (proc(5), status). */
export function readMemory(pid: number): { readonly nowMb: number; readonly peakMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (field: string): number =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024) / megabyte
  return { nowMb: read('VmRSS'), peakMb: read('VmHWM') }
}
