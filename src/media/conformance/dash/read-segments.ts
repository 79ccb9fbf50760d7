import type { ResourceRef } from '../hls/playlist.ts'
import { fillTemplate, type TemplateValues } from './fill-template.ts'
import type { Inherited } from './inherited.ts'
import type { ManifestSegment, Representation } from './manifest.ts'
import { findChild, listChildren, numberOf, type XmlElement } from './xml.ts'

type Addressing = Pick<Representation, 'init' | 'addressing' | 'timelineSeconds' | 'segments'>
type Names = Omit<TemplateValues, 'number' | 'time'>

/** A segment's place in time, in ticks of the manifest's timescale. */
interface Slot {
  readonly startTicks: number
  readonly durationTicks: number
}

/** A manifest of more segments than this (19 days of 6 s) is read in part. */
const MOST_SEGMENTS = 300_000

/**
 * The segments of a Representation, however they are told: SegmentTemplate with a SegmentTimeline
 * or a fixed duration, SegmentList, SegmentBase, or a bare BaseURL; ISO/IEC 23009-1 section 5.3.9.
 */
export function readSegments(inherited: Inherited, names: Names): Addressing {
  const template = mergeLevels(inherited.levels, 'SegmentTemplate')
  if (template) return readTemplate(template, inherited, names)
  const list = mergeLevels(inherited.levels, 'SegmentList')
  if (list) return readList(list, inherited)
  return readWhole(mergeLevels(inherited.levels, 'SegmentBase'), inherited)
}

/** The element of that name with the attributes and children of the outer levels beneath its own. */
function mergeLevels(levels: readonly XmlElement[], name: string): XmlElement | null {
  const found = levels.flatMap((level) => findChild(level, name) ?? [])
  const [first, ...inner] = found
  if (!first) return null
  return inner.reduce(
    (outer, own) => ({
      ...own,
      attributes: new Map([...outer.attributes, ...own.attributes]),
      children: [...own.children, ...outer.children],
    }),
    first,
  )
}

function readTemplate(template: XmlElement, inherited: Inherited, names: Names): Addressing {
  const { place, base } = inherited
  const resolve = (text: string, number: number, time: number): ResourceRef => ({
    address: place.source.resolve(fillTemplate(text, { ...names, number, time }), base),
    range: null,
  })
  const initialization = template.attributes.get('initialization')
  const media = template.attributes.get('media')
  const timescale = numberOf(template, 'timescale') ?? 1
  const first = numberOf(template, 'startNumber') ?? 1
  const timeline = findChild(template, 'SegmentTimeline')
  const slots = timeline
    ? readTimeline(timeline, inherited.periodSeconds, timescale)
    : readFixed(numberOf(template, 'duration'), inherited.periodSeconds, timescale)
  return {
    init: initialization === undefined ? null : resolve(initialization, first, 0),
    addressing: timeline ? 'timeline' : 'duration',
    timelineSeconds: sumSeconds(slots, timescale),
    segments: slots.map((slot, index) => ({
      ...resolve(media ?? '', first + index, slot.startTicks),
      ...toTimes(slot, timescale),
    })),
  }
}

function toTimes(
  { startTicks, durationTicks }: Slot,
  timescale: number,
): { startSeconds: number; seconds: number } {
  return { startSeconds: startTicks / timescale, seconds: durationTicks / timescale }
}

function sumSeconds(slots: readonly Slot[], timescale: number): number {
  return slots.reduce((sum, { durationTicks }) => sum + durationTicks, 0) / timescale
}

/** S elements: `r` more of the same, or up to the next `t` or the Period's end when negative. */
function readTimeline(
  timeline: XmlElement,
  periodSeconds: number | null,
  timescale: number,
): Slot[] {
  const slots: Slot[] = []
  const elements = listChildren(timeline, 'S')
  let clock = 0
  for (const [index, element] of elements.entries()) {
    const durationTicks = numberOf(element, 'd') ?? 0
    clock = numberOf(element, 't') ?? clock
    const next = elements[index + 1]
    const end = (next ? numberOf(next, 't') : null) ?? (periodSeconds ?? 0) * timescale
    const repeat = numberOf(element, 'r') ?? 0
    const count = repeat >= 0 ? repeat + 1 : Math.ceil((end - clock) / durationTicks)
    for (let copy = 0; copy < count && slots.length < MOST_SEGMENTS; copy++) {
      slots.push({ startTicks: clock, durationTicks })
      clock += durationTicks
    }
  }
  return slots
}

function readFixed(
  duration: number | null,
  periodSeconds: number | null,
  timescale: number,
): Slot[] {
  if (!duration || periodSeconds === null) return []
  const total = Math.round(periodSeconds * timescale)
  const count = Math.min(Math.ceil(total / duration), MOST_SEGMENTS)
  return Array.from({ length: count }, (_, index) => ({
    startTicks: index * duration,
    durationTicks: Math.min(duration, total - index * duration),
  }))
}

function readList(list: XmlElement, inherited: Inherited): Addressing {
  const timescale = numberOf(list, 'timescale') ?? 1
  const duration = numberOf(list, 'duration')
  const timeline = findChild(list, 'SegmentTimeline')
  const slots = timeline ? readTimeline(timeline, inherited.periodSeconds, timescale) : []
  const segments = listChildren(list, 'SegmentURL').map((url, index): ManifestSegment => {
    const slot = slots[index]
    const times = slot ? toTimes(slot, timescale) : { startSeconds: null, seconds: null }
    const seconds = times.seconds ?? (duration === null ? null : duration / timescale)
    return { ...toRef(inherited, url, ['media', 'mediaRange']), ...times, seconds }
  })
  const initialization = findChild(list, 'Initialization')
  return {
    init: initialization && toRef(inherited, initialization, ['sourceURL', 'range']),
    addressing: 'list',
    timelineSeconds: timeline ? sumSeconds(slots, timescale) : null,
    segments,
  }
}

function toRef(
  { place, base }: Inherited,
  element: XmlElement,
  [uriName, rangeName]: readonly [string, string],
): ResourceRef {
  const uri = element.attributes.get(uriName)
  return {
    address: uri === undefined ? trimSlash(base) : place.source.resolve(uri, base),
    range: readRange(element.attributes.get(rangeName)),
  }
}

/** One file with an index (its segments are read from the `sidx`), or one file as one segment. */
function readWhole(segmentBase: XmlElement | null, inherited: Inherited): Addressing {
  if (inherited.base === inherited.place.address) {
    return { init: null, addressing: 'none', timelineSeconds: null, segments: [] }
  }
  const initialization = findChild(segmentBase, 'Initialization')
  const index = readRange(segmentBase?.attributes.get('indexRange'))
  const address = trimSlash(inherited.base)
  return {
    init: initialization && toRef(inherited, initialization, ['sourceURL', 'range']),
    addressing: index ? 'index' : 'whole',
    timelineSeconds: null,
    segments: [{ address, range: index, startSeconds: null, seconds: null }],
  }
}

function trimSlash(address: string): string {
  return address.replace(/\/$/, '')
}

/** "first-last", both inclusive, as HTTP has it. */
function readRange(text: string | undefined): ResourceRef['range'] {
  const match = /^(\d+)-(\d+)$/.exec(text ?? '')
  if (!match) return null
  const offset = Number(match[1])
  return { offset, length: Number(match[2]) - offset + 1 }
}
