import type { SourceLimits } from '#media/probe/limits.ts'

const gibibyte = 1024 ** 3

/**
 * What an input of a whole-file job may be at most. The server that sends it has limits of its own;
 * these keep a file that lies from taking the runner's machine down with it.
 */
export const inputLimits: SourceLimits = {
  sourceMaxBytes: 200 * gibibyte,
  sourceMaxPixels: 8192 * 4320,
  sourceMaxSeconds: 48 * 3600,
  sourceMaxFrames: 48 * 3600 * 120,
  sourceMaxStreams: 64,
  sourceMaxFps: 1000,
}
