import { buildPictureEncoder } from '../picture-arguments.ts'
import { capRateBps } from '../rate-cap.ts'
import { mp4Arguments } from '../source-arguments.ts'
import type { Step } from './plan-step.ts'
import type { Canvas } from './task-graph.ts'

interface Written {
  readonly canvas: Canvas
  /** Bits per second of the source, null when unknown; `lossless` for what is edited further. */
  readonly inputBps: number | null | 'lossless'
  readonly path: string
  readonly threads: number
}

/** Stereo at a rate that nobody hears. */
const soundBps = 256_000

/** The arguments of the one ffmpeg that does a step. */
export function buildStepArguments(step: Step, written: Written): string[] {
  const { chains, hasSound } = step.graph
  const { canvas, inputBps, path, threads } = written
  const isFinal = inputBps !== 'lossless'
  const order = { resolution: Math.min(canvas.width, canvas.height), fps: canvas.fps }
  const ratio = canvas.width / canvas.height
  const rate = isFinal ? capRateBps({ ...order, ratio }, inputBps) : null
  const encoder = isFinal ? ['-c:a', 'aac', '-b:a', String(soundBps)] : ['-c:a', 'pcm_s16le']
  const bare = ['-map_metadata', '-1', '-map_chapters', '-1']
  const file = isFinal ? mp4Arguments(path) : [...bare, '-f', 'mov', `file:${path}`]
  return [
    ...step.inputs,
    ...['-filter_complex', chains.join(';'), '-map', '[v]', ...(hasSound ? ['-map', '[a]'] : [])],
    ...buildPictureEncoder(canvas.fps, rate, threads),
    ...(hasSound ? encoder : ['-an']),
    ...file,
  ]
}
