import type { Problem } from '../finding.ts'
import type { Source } from '../source/source.ts'
import type { Inherited, ManifestPlace } from './inherited.ts'
import type { AdaptationSet, Manifest, Period, Representation } from './manifest.ts'
import { readSegments } from './read-segments.ts'
import { findChild, listChildren, numberOf, parseXml, type XmlElement } from './xml.ts'

/** Reads an MPD (ISO/IEC 23009-1 section 5), going on after faults; what is wrong is in `problems`. */
export function readManifest(text: string, place: ManifestPlace): Manifest {
  const problems: Problem[] = []
  const root = parseXml(text)
  if ('reason' in root || root.name !== 'MPD') {
    const message = 'reason' in root ? root.reason : `is a ${root.name}, not an MPD`
    problems.push({ rule: 'DASH-5.3.1', where: place.path, message })
    return { ...emptyManifest(place), problems }
  }
  const durationSeconds = readDuration(root.attributes.get('mediaPresentationDuration'))
  const base = applyBase(place.source, root, place.address)
  return {
    path: place.path,
    address: place.address,
    attributes: root.attributes,
    dynamic: root.attributes.get('type') === 'dynamic',
    durationSeconds,
    minBufferSeconds: readDuration(root.attributes.get('minBufferTime')),
    periods: readPeriods(root, durationSeconds, {
      place,
      problems,
      base,
      levels: [],
      periodSeconds: null,
    }),
    problems,
  }
}

function emptyManifest(place: ManifestPlace): Manifest {
  return {
    path: place.path,
    address: place.address,
    attributes: new Map(),
    dynamic: false,
    durationSeconds: null,
    minBufferSeconds: null,
    periods: [],
    problems: [],
  }
}

/** xs:duration in days and less, as seconds; null for anything else. */
export function readDuration(text: string | undefined): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '')
  if (!match) return null
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)
}

function applyBase(source: Source, element: XmlElement, base: string): string {
  const uri = findChild(element, 'BaseURL')?.text
  if (!uri) return base
  const resolved = source.resolve(uri, base)
  // Joining paths drops the slash that says "inside this folder".
  return uri.endsWith('/') && !resolved.endsWith('/') ? `${resolved}/` : resolved
}

function readPeriods(root: XmlElement, totalSeconds: number | null, above: Inherited): Period[] {
  const elements = listChildren(root, 'Period')
  const periods: Period[] = []
  let clock = 0
  for (const [index, element] of elements.entries()) {
    const startSeconds = readDuration(element.attributes.get('start')) ?? clock
    const nextStart = readDuration(elements[index + 1]?.attributes.get('start'))
    const end = nextStart ?? (index === elements.length - 1 ? totalSeconds : null)
    const own = readDuration(element.attributes.get('duration'))
    const durationSeconds = own ?? (end === null ? null : end - startSeconds)
    clock = startSeconds + (durationSeconds ?? 0)
    const where = `${above.place.path}#Period[${index + 1}]`
    const inherited = inherit(above, element, durationSeconds)
    const sets = listChildren(element, 'AdaptationSet').map((set, at) =>
      readAdaptationSet(
        set,
        inherited,
        elements.length > 1 ? `${where}/${at + 1}` : String(at + 1),
      ),
    )
    periods.push({ where, startSeconds, durationSeconds, sets })
  }
  return periods
}

function inherit(above: Inherited, element: XmlElement, periodSeconds: number | null): Inherited {
  const base = applyBase(above.place.source, element, above.base)
  return { ...above, base, levels: [...above.levels, element], periodSeconds }
}

function readAdaptationSet(set: XmlElement, above: Inherited, number: string): AdaptationSet {
  const inherited = inherit(above, set, above.periodSeconds)
  const representations = listChildren(set, 'Representation').map((element, index) =>
    readRepresentation(element, inherited, `${number}.${index + 1}`),
  )
  return {
    where: `${above.place.path}#AdaptationSet[${number}]`,
    attributes: set.attributes,
    contentType: representations[0]?.contentType ?? '',
    hasRole: findChild(set, 'Role') !== null,
    representations,
  }
}

function readRepresentation(element: XmlElement, above: Inherited, number: string): Representation {
  const inherited = inherit(above, element, above.periodSeconds)
  const set = above.levels.at(-1) ?? null
  const attribute = (name: string) =>
    element.attributes.get(name) ?? set?.attributes.get(name) ?? null
  const mimeType = attribute('mimeType')
  const id = element.attributes.get('id') ?? null
  const channels = 'AudioChannelConfiguration'
  return {
    where: `${above.place.path}#${id ?? `Representation[${number}]`}`,
    id,
    bandwidthBps: numberOf(element, 'bandwidth'),
    contentType: set?.attributes.get('contentType') ?? mimeType?.split('/')[0] ?? '',
    mimeType,
    codecs: attribute('codecs'),
    width: toNumber(attribute('width')),
    height: toNumber(attribute('height')),
    hasAudioChannels: (findChild(element, channels) ?? findChild(set, channels)) !== null,
    startsWithSap: attribute('startWithSAP'),
    ...readSegments(inherited, {
      id: id ?? '',
      bandwidth: element.attributes.get('bandwidth') ?? '',
    }),
  }
}

function toNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}
