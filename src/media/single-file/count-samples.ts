import { openFullBox, readBoxes } from '../boxes/box.ts'

/**
 * Samples that the fragments of a segment claim to have, without looking at any of them. A run of
 * twenty bytes can claim four thousand million: whoever reads them must know before.
 *
 * @throws ReelmillError `segment_refused`, RangeError when the boxes are damaged.
 */
export function countSamples(bytes: Buffer): number {
  const runs = listBodies([bytes], 'moof', 'traf')
    .flatMap((body) => readBoxes(body))
    .filter(({ type }) => type === 'trun')
  return runs.reduce((sum, run) => sum + openFullBox(run).cursor.readU32(), 0)
}

function listBodies(bodies: readonly Buffer[], ...path: readonly string[]): Buffer[] {
  const [type, ...rest] = path
  if (type === undefined) return [...bodies]
  const found = bodies.flatMap((body) => readBoxes(body)).filter((box) => box.type === type)
  return listBodies(
    found.map(({ body }) => body),
    ...rest,
  )
}
