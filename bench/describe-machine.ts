import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { execa } from 'execa'

/** Where and when a result was measured: without it a number means little. */
export async function describeMachine() {
  const { stdout } = await execa('ffmpeg', ['-version'])
  return {
    measuredAt: new Date().toISOString(),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    // Of the last minute: above the number of cores, others were at work too.
    loadAverage: loadavg()[0],
    node: process.version,
    ffmpeg: stdout.split('\n', 1)[0],
  }
}
