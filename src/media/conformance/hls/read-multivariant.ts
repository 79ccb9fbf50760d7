import type { Problem } from '../finding.ts'
import type { Source } from '../source/source.ts'
import { type Attributes, readAttributes, readNumber, readText } from './attributes.ts'
import type { PlaylistLine } from './lines.ts'
import type { Multivariant, Rendition, Variant } from './playlist.ts'
import { readDecimalInteger, readResolution } from './values.ts'

interface Place {
  readonly address: string
  readonly path: string
  readonly source: Source
}

/** True when the lines are those of a multivariant playlist. */
export function isMultivariant(lines: readonly PlaylistLine[]): boolean {
  return lines.some((line) => line.kind === 'tag' && /^EXT-X-(STREAM-INF|MEDIA)$/.test(line.name))
}

/** Reads the lines of a multivariant playlist (RFC 8216 section 4.3.4), going on after faults. */
export function readMultivariant(lines: readonly PlaylistLine[], place: Place): Multivariant {
  const problems: Problem[] = []
  const variants: Variant[] = []
  const iframeVariants: Variant[] = []
  const renditions: Rendition[] = []
  let version: number | null = null
  let independentSegments = false
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'uri') {
      problems.push(...judgeUri(lines[index - 1], `${place.path}:${line.line}`))
      continue
    }
    const where = `${place.path}:${line.line}`
    const list = () => readList(line.value, { where, tag: line.name, problems })
    if (line.name === 'EXT-X-VERSION') version = readDecimalInteger(line.value)
    if (line.name === 'EXT-X-INDEPENDENT-SEGMENTS') independentSegments = true
    if (line.name === 'EXT-X-MEDIA') renditions.push(toRendition(list(), where, place))
    if (line.name === 'EXT-X-STREAM-INF') {
      const next = lines[index + 1]
      const uri = next?.kind === 'uri' ? next.uri : null
      if (uri === null) problems.push(missingUri(where))
      else variants.push(toVariant(list(), uri, { where, place }))
    }
    if (line.name === 'EXT-X-I-FRAME-STREAM-INF') {
      const attributes = list()
      const uri = readText(attributes, 'URI')
      if (uri !== null) iframeVariants.push(toVariant(attributes, uri, { where, place }))
    }
  }
  const { address, path } = place
  const facts = { version, independentSegments, variants, iframeVariants, renditions }
  return { address, path, ...facts, problems }
}

interface ListPlace {
  readonly where: string
  readonly tag: string
  readonly problems: Problem[]
}

function readList(value: string, { where, tag, problems }: ListPlace): Attributes {
  const { attributes, complaints } = readAttributes(value)
  for (const message of complaints) problems.push({ rule: 'RFC8216-4.2', where, message })
  for (const [name, { quoted }] of attributes) {
    const wanted = QUOTED.has(name) ? true : UNQUOTED.has(name) ? false : quoted
    if (quoted === wanted) continue
    const message = `${name} of ${tag} must ${wanted ? '' : 'not '}be in quotes`
    problems.push({ rule: 'RFC8216-4.2', where, message })
  }
  return attributes
}

/** Attributes that are quoted-strings, RFC 8216 sections 4.3.4.1 to 4.3.4.3. */
const QUOTED = new Set(
  'URI CODECS AUDIO VIDEO SUBTITLES GROUP-ID NAME LANGUAGE ASSOC-LANGUAGE CHANNELS'.split(' '),
)
/** Attributes that are numbers or enumerated-strings. */
const UNQUOTED = new Set(
  'BANDWIDTH AVERAGE-BANDWIDTH RESOLUTION FRAME-RATE TYPE DEFAULT AUTOSELECT FORCED'.split(' '),
)

function judgeUri(before: PlaylistLine | undefined, where: string): Problem[] {
  if (before?.kind === 'tag' && before.name === 'EXT-X-STREAM-INF') return []
  const message = 'is a URI that no EXT-X-STREAM-INF stands before'
  return [{ rule: 'RFC8216-4.3.4.2', where, message }]
}

function missingUri(where: string): Problem {
  return { rule: 'RFC8216-4.3.4.2', where, message: 'is not followed by the URI of a playlist' }
}

function toVariant(
  attributes: Attributes,
  uri: string,
  { where, place }: { where: string; place: Place },
): Variant {
  return {
    where,
    attributes,
    address: place.source.resolve(uri, place.address),
    bandwidthBps: readNumber(attributes, 'BANDWIDTH'),
    averageBandwidthBps: readNumber(attributes, 'AVERAGE-BANDWIDTH'),
    codecs:
      readText(attributes, 'CODECS')
        ?.split(',')
        .map((codec) => codec.trim()) ?? null,
    resolution: readResolution(readText(attributes, 'RESOLUTION')),
    frameRate: readNumber(attributes, 'FRAME-RATE'),
    audioGroup: readText(attributes, 'AUDIO'),
    subtitlesGroup: readText(attributes, 'SUBTITLES'),
  }
}

function toRendition(attributes: Attributes, where: string, place: Place): Rendition {
  const uri = readText(attributes, 'URI')
  return {
    where,
    attributes,
    address: uri === null ? null : place.source.resolve(uri, place.address),
    type: readText(attributes, 'TYPE') ?? '',
    groupId: readText(attributes, 'GROUP-ID') ?? '',
    name: readText(attributes, 'NAME'),
    language: readText(attributes, 'LANGUAGE'),
  }
}
