import { ReelmillError } from '#errors/reelmill-error.ts'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { refuseBroken, toFfmpegError } from '../ffmpeg/outcome.ts'
import { readText } from '../ffmpeg/read-text.ts'
import { type RunOptions, spawnFfprobe } from '../ffmpeg/run.ts'

/** ffprobe's own words: anything may be missing, or be a text where a number is expected. */
export interface RawHeader {
  readonly streams: readonly RawStream[]
  /** The indices of the streams that belong together, where a recording holds several programmes. */
  readonly programs: readonly (readonly number[])[]
  readonly format: RawFields
}

export type RawFields = Readonly<Record<string, unknown>>

/** A stream of ffprobe's, its parts at least objects. */
export interface RawStream extends RawFields {
  readonly disposition: RawFields
  readonly tags: RawFields
  readonly side_data_list: readonly RawFields[]
}

const timeoutMs = 60_000
const headerLimitBytes = 8 * 1024 ** 2
const shown = ['-of', 'json', '-show_format', '-show_streams', '-show_programs']

/**
 * What ffprobe says of container and streams, without reading further than its heuristics need.
 * Throws `source_unreadable` with ffprobe's last lines when it cannot be opened.
 */
export async function readHeader(
  source: InputSource,
  demuxer: string,
  options: Pick<RunOptions, 'signal' | 'programs'>,
): Promise<RawHeader> {
  const run = spawnFfprobe([...shown, ...inputArguments(source, demuxer)], {
    ...options,
    timeoutMs,
    network: source.kind === 'http',
  })
  const [json, outcome] = await Promise.all([
    readText(run.pipes[0], headerLimitBytes),
    run.done,
  ]).finally(() => run.kill())
  refuseBroken(outcome)
  if (outcome.ok) return parseHeader(json)
  // A crash says nothing about the file yet: it is tried again.
  if (outcome.isCanceled || outcome.timedOut || outcome.signal !== null) {
    throw toFfmpegError(outcome, 'Reading the file')
  }
  throw new ReelmillError('source_unreadable', 'The file is damaged: it cannot be opened.', {
    details: { ffmpeg: outcome.stderrTail },
  })
}

/**
 * ffprobe's JSON with its missing parts filled in.
 *
 * @throws ReelmillError `ffmpeg_failed` when it is not JSON.
 */
export function parseHeader(json: string): RawHeader {
  const root = asFields(parseJson(json))
  const streams = asList(root.streams).map((stream) => ({
    ...stream,
    disposition: asFields(stream.disposition),
    tags: asFields(stream.tags),
    side_data_list: asList(stream.side_data_list),
  }))
  const programs = asList(root.programs).map((program) =>
    asList(program.streams).flatMap((stream) => readNumberField(stream, 'index') ?? []),
  )
  return { streams, programs, format: asFields(root.format) }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new ReelmillError('ffmpeg_failed', 'What ffprobe printed cannot be read.', { cause })
  }
}

/** A text field, trimmed; null when it is missing, empty or one of ffprobe's ways to say so. */
export function readField(fields: RawFields, name: string): string | null {
  const value = fields[name]
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value).trim()
  return ['', 'N/A', 'unknown', 'unspecified', 'reserved'].includes(text) ? null : text
}

/** A field that is a finite number, as number or text; else null. */
export function readNumberField(fields: RawFields, name: string): number | null {
  const text = readField(fields, name)
  const value = text === null ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}

/** A tag by its name in any case: containers differ in that. */
export function readTag(tags: RawFields, name: string): string | null {
  const key = Object.keys(tags).find((candidate) => candidate.toLowerCase() === name)
  return key === undefined ? null : readField(tags, key)
}

function asFields(value: unknown): RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as RawFields)
    : {}
}

function asList(value: unknown): readonly RawFields[] {
  return Array.isArray(value) ? value.map(asFields) : []
}
