import type { Delivery } from '../measure/measurer.ts'
import type { Output } from '../model.ts'
import type { Rule } from './rule.ts'

/** Apple 10.1: playlists are gzipped for a client that takes gzip, as every check by URL does. */
const playlistsAreGzipped: Rule = {
  id: '10.1',
  severity: 'error',
  title: 'Playlists are delivered gzipped',
  *find(output) {
    for (const { where, contentEncoding } of listKinds(output, ['playlist'])) {
      if (/\b(gzip|br|zstd)\b/i.test(contentEncoding ?? '')) continue
      const message = 'is not gzipped, though the request accepts that'
      yield { where, message, expected: 'gzip', found: contentEncoding ?? 'none' }
    }
  },
}

/** Types of Apple 10.4, and those that RFC 8216 section 4 and older packagers use. */
const TYPES: Readonly<Record<Delivery['kind'], readonly string[]>> = {
  playlist: ['application/vnd.apple.mpegurl', 'audio/mpegurl', 'application/x-mpegurl'],
  manifest: ['application/dash+xml'],
  init: ['video/mp4', 'audio/mp4', 'video/iso.segment', 'audio/iso.segment'],
  segment: ['video/iso.segment', 'audio/iso.segment', 'video/mp4', 'audio/mp4'],
  subtitles: ['text/vtt'],
}

const TYPES_OF_CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  ts: ['video/mp2t'],
  'packed-audio': ['audio/aac', 'audio/mpeg', 'audio/ac3', 'audio/eac3'],
  webvtt: ['text/vtt'],
}

/** Apple 10.4: each kind of file has its type. */
const typesAreRight: Rule = {
  id: '10.4',
  severity: 'error',
  title: 'Files are delivered with the right Content-Type',
  *find(output) {
    for (const { kind, container, contentType, where } of output.deliveries) {
      const expected = TYPES_OF_CONTAINERS[container ?? ''] ?? TYPES[kind]
      const found = contentType?.split(';')[0]?.trim().toLowerCase() ?? 'none'
      if (expected.includes(found)) continue
      const message = `is a ${kind} with another Content-Type`
      yield { where, message, expected: expected[0] ?? '', found }
    }
  },
}

/** Apple 8.18: no redirects. */
const nothingIsRedirected: Rule = {
  id: '8.18',
  severity: 'warning',
  title: 'Nothing is redirected',
  *find(output) {
    for (const { where, redirected } of output.deliveries) {
      if (redirected) yield { where, message: 'is redirected' }
    }
  },
}

export const deliveryRules: readonly Rule[] = [
  playlistsAreGzipped,
  typesAreRight,
  nothingIsRedirected,
]

function listKinds(output: Output, kinds: readonly Delivery['kind'][]): Delivery[] {
  return output.deliveries.filter(({ kind }) => kinds.includes(kind))
}
