/** What a job was told to do, as facts for people: names and texts. */
export type PayloadFacts = readonly (readonly [name: string, text: string])[]

type Json = Readonly<Record<string, unknown>>

/**
 * The summary of a job's payload: which part of the film, what comes out of it. What a payload does
 * not have is left out, so a type that nobody thought of has no summary rather than a wrong one.
 */
export function summarizePayload({
  payload,
  privatePayload,
}: {
  readonly payload: Json
  readonly privatePayload: Json
}): PayloadFacts {
  const piece = asObject(privatePayload['piece'])
  const facts = [
    ['Part', describePart(asObject(payload['chunk']) ?? piece, asObject(payload['grid']), piece)],
    ['Renditions', describeRenditions(payload['renditions']) ?? asText(piece?.['rendition'])],
    ['Output', describeOutput(asObject(payload['output']))],
    ['Length', describeSeconds(payload['durationSeconds'])],
    ['Edits', describeTasks(payload['tasks'])],
  ] as const
  return facts.flatMap(([name, text]) => (text === null ? [] : [[name, text] as const]))
}

function describePart(part: Json | null, grid: Json | null, piece: Json | null): string | null {
  const first = asNumber(part?.['firstFrame'])
  const frames = asNumber(part?.['frames'])
  if (first === null) return null
  const rate = readRate(grid) ?? asNumber(piece?.['framesPerSecond'])
  const from = rate === null ? '' : `, from ${(first / rate).toFixed(2)} s`
  const range =
    frames === null ? `Frames ${first} to the end` : `Frames ${first}–${first + frames - 1}`
  const length = rate === null || frames === null ? '' : ` for ${(frames / rate).toFixed(2)} s`
  return `${range}${from}${length}`
}

function readRate(grid: Json | null): number | null {
  const rate = grid?.['frameRate']
  if (!Array.isArray(rate)) return null
  const [numerator, denominator] = rate.map(Number)
  return numerator && denominator ? numerator / denominator : null
}

function describeRenditions(renditions: unknown): string | null {
  if (!Array.isArray(renditions)) return null
  return renditions.map((each: unknown) => asText(asObject(each)?.['name']) ?? '?').join(', ')
}

function describeOutput(output: Json | null): string | null {
  const resolution = asNumber(output?.['resolution'])
  if (resolution === null) return null
  if (resolution === 0) return 'Sound alone'
  return `${resolution}p, ${asNumber(output?.['fps']) ?? '?'} frames per second`
}

function describeSeconds(seconds: unknown): string | null {
  const value = asNumber(seconds)
  return value === null ? null : `${value.toFixed(2)} s`
}

function describeTasks(tasks: unknown): string | null {
  if (!Array.isArray(tasks)) return null
  return tasks.map((each: unknown) => asText(asObject(each)?.['name']) ?? '?').join(', then ')
}

function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : null
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
