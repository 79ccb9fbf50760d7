import type { Box } from '../boxes/box.ts'
import { refuse } from '../boxes/refuse.ts'

/** Version, flags and the number of runs. */
const headBytes = 8
const runBytes = 8

/**
 * Gives the values of an `stts` or `ctts` one sample after the other (ISO/IEC 14496-12, 8.6.1).
 *
 * @throws ReelmillError `segment_refused` where there are fewer than are asked for.
 */
export function walkRuns({ body, type }: Box): () => number {
  const isSigned = type === 'ctts'
  let position = headBytes
  let left = 0
  let value = 0
  return () => {
    while (left === 0) {
      if (position + runBytes > body.length) refuse(`The ${type} has too few samples.`)
      left = body.readUInt32BE(position)
      value = isSigned ? body.readInt32BE(position + 4) : body.readUInt32BE(position + 4)
      position += runBytes
    }
    left -= 1
    return value
  }
}
