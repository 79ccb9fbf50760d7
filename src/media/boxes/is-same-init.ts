import { isDeepStrictEqual } from 'node:util'
import { readBoxes } from './box.ts'
import { cleanConfiguration } from './clean-configuration.ts'
import { parseInit } from './parse-init.ts'

/**
 * Whether segments that were made for one init play with the other: same codec and parameter sets,
 * size, clock, track and lead. What else an init says does not matter here, so that one that an
 * older release wrote is the same as that which is written of the same encoder's today.
 */
export function isSameInit(one: Buffer, other: Buffer): boolean {
  return isDeepStrictEqual(readSubstance(one), readSubstance(other))
}

function readSubstance(bytes: Buffer): unknown {
  const init = parseInit(bytes)
  const { kind, codecs, trackId, timescale, leadTicks } = init
  const format =
    init.kind === 'video' ? [init.width, init.height] : [init.channels, init.sampleRate]
  const configurations = readBoxes(init.sampleEntry).map(cleanConfiguration)
  return { kind, codecs, trackId, timescale, leadTicks, format, configurations }
}
