import type { Manifest } from './dash/manifest.ts'
import { readManifest } from './dash/read-manifest.ts'
import type { Problem } from './finding.ts'
import { type PlaylistText, readLines } from './hls/lines.ts'
import type { MediaPlaylist, Multivariant } from './hls/playlist.ts'
import { readMediaPlaylist } from './hls/read-media-playlist.ts'
import { isMultivariant, readMultivariant } from './hls/read-multivariant.ts'
import type { MeasuredTrack } from './measure/facts.ts'
import { measurePlaylist } from './measure/measure-playlist.ts'
import { measureRepresentation } from './measure/measure-representation.ts'
import { Measurer } from './measure/measurer.ts'
import type { DashPresentation, HlsPresentation, MeasuredPlaylist, Output, Role } from './model.ts'
import type { Source } from './source/source.ts'

interface Reading {
  readonly source: Source
  readonly measurer: Measurer
  readonly problems: Problem[]
}

/** Reads and measures all that the entries lead to. Without HLS and DASH when none of them is. */
export async function readOutput(source: Source, entries: readonly string[]): Promise<Output> {
  const reading: Reading = { source, measurer: new Measurer(source), problems: [] }
  const opened = await openEntries(entries, reading)
  const hls: HlsPresentation[] = []
  for (const entry of chooseEntries(opened.playlists)) hls.push(await readHls(entry, reading))
  const dash: DashPresentation[] = []
  for (const manifest of opened.manifests) dash.push(await readDash(manifest, reading))
  const { problems, deliveries } = reading.measurer
  return { kind: source.kind, hls, dash, deliveries, problems: [...reading.problems, ...problems] }
}

interface Entry {
  readonly address: string
  readonly text: PlaylistText
}

/** Opens the files to start from and tells playlists from manifests by what they hold. */
async function openEntries(
  entries: readonly string[],
  reading: Reading,
): Promise<{ playlists: Entry[]; manifests: Manifest[] }> {
  const playlists: Entry[] = []
  const manifests: Manifest[] = []
  for (const address of entries) {
    const named = nameKind(address)
    const bytes = await reading.measurer.read({ address, range: null }, named ?? 'playlist')
    const kind = (bytes && sniffKind(bytes)) ?? named
    if (!bytes || !kind) continue
    const path = reading.source.describe(address)
    if (kind === 'playlist') playlists.push({ address, text: readLines(bytes, path) })
    else manifests.push(readManifest(bytes.toString('utf8'), placeOf(address, reading)))
  }
  reading.problems.push(...manifests.flatMap(({ problems }) => problems))
  return { playlists, manifests }
}

type EntryKind = 'manifest' | 'playlist'

function sniffKind(bytes: Buffer): EntryKind | null {
  const head = bytes.toString('utf8', 0, 4096)
  if (/^\uFEFF?\s*</.test(head)) return 'manifest'
  return head.includes('#EXT') ? 'playlist' : null
}

/** What a file is meant to be, when it does not begin like either. */
function nameKind(address: string): EntryKind | null {
  const [, extension] = /\.(mpd|m3u8?)($|[?#])/i.exec(address) ?? []
  if (extension === undefined) return null
  return extension.toLowerCase() === 'mpd' ? 'manifest' : 'playlist'
}

function placeOf(address: string, { source }: Reading) {
  return { address, path: source.describe(address), source }
}

/** Multivariant playlists where there are any: the media playlists beside them are theirs. */
function chooseEntries(playlists: readonly Entry[]): readonly Entry[] {
  const multivariants = playlists.filter(({ text }) => isMultivariant(text.lines))
  return multivariants.length > 0 ? multivariants : playlists
}

async function readHls(entry: Entry, reading: Reading): Promise<HlsPresentation> {
  reading.problems.push(...entry.text.problems)
  const place = placeOf(entry.address, reading)
  if (!isMultivariant(entry.text.lines)) {
    const playlist = readMediaPlaylist(entry.text.lines, place)
    return { multivariant: null, playlists: [await measure(playlist, null, reading)] }
  }
  const multivariant = readMultivariant(entry.text.lines, place)
  reading.problems.push(...multivariant.problems)
  const playlists: MeasuredPlaylist[] = []
  for (const [address, role] of listReferences(multivariant)) {
    const playlist = await openPlaylist(address, reading)
    if (playlist) playlists.push(await measure(playlist, role, reading))
  }
  return { multivariant, playlists }
}

/** Each media playlist once, with what the multivariant playlist takes it for. */
function listReferences(multivariant: Multivariant): Map<string, Role | null> {
  const references = new Map<string, Role | null>()
  const { variants, iframeVariants, renditions } = multivariant
  for (const { address } of variants) references.set(address, null)
  for (const { address, type } of renditions) {
    if (address !== null && !references.has(address))
      references.set(address, rolesOfTypes[type] ?? null)
  }
  for (const { address } of iframeVariants) references.set(address, 'iframes')
  return references
}

const rolesOfTypes: Readonly<Record<string, Role>> = {
  AUDIO: 'audio',
  SUBTITLES: 'subtitles',
  VIDEO: 'video',
}

async function openPlaylist(address: string, reading: Reading): Promise<MediaPlaylist | null> {
  const bytes = await reading.measurer.read({ address, range: null }, 'playlist')
  if (!bytes) return null
  const place = placeOf(address, reading)
  const { lines, problems } = readLines(bytes, place.path)
  reading.problems.push(...problems)
  return readMediaPlaylist(lines, place)
}

async function measure(
  playlist: MediaPlaylist,
  named: Role | null,
  { measurer, problems }: Reading,
): Promise<MeasuredPlaylist> {
  problems.push(...playlist.problems)
  const track = await measurePlaylist(playlist, measurer)
  const role = playlist.iframesOnly ? 'iframes' : (named ?? tellRole(track))
  return { playlist, track, role }
}

function tellRole({ streams, container }: MeasuredTrack): Role {
  if (streams.some(({ kind }) => kind === 'video')) return 'video'
  if (streams.some(({ kind }) => kind === 'audio')) return 'audio'
  return container === 'webvtt' ? 'subtitles' : 'unknown'
}

async function readDash(manifest: Manifest, { measurer }: Reading): Promise<DashPresentation> {
  const tracks: DashPresentation['tracks'][number][] = []
  for (const { sets, durationSeconds } of manifest.periods) {
    for (const set of sets) {
      // Pictures for the seek bar are no stream: there is nothing to measure in them.
      if (set.contentType === 'image') continue
      for (const representation of set.representations) {
        const measured = await measureRepresentation(representation, measurer)
        tracks.push({ set, representation, periodSeconds: durationSeconds, ...measured })
      }
    }
  }
  return { manifest, tracks }
}
