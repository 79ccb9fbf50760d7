import type { AdaptationSet, Manifest, Representation } from './dash/manifest.ts'
import type { Problem } from './finding.ts'
import type { MediaPlaylist, Multivariant, Rendition, Variant } from './hls/playlist.ts'
import type { MeasuredTrack } from './measure/facts.ts'
import type { Delivery } from './measure/measurer.ts'

/** Everything that was read and measured of an output: what the rules are asked about. */
export interface Output {
  readonly kind: 'folder' | 'http'
  readonly hls: readonly HlsPresentation[]
  readonly dash: readonly DashPresentation[]
  /** Ways in which files came over HTTP; empty for a folder. */
  readonly deliveries: readonly Delivery[]
  /** What reading met, under the ids of the rules that it breaks. */
  readonly problems: readonly Problem[]
}

/** A multivariant playlist with all that it names, or one media playlist that stands alone. */
export interface HlsPresentation {
  readonly multivariant: Multivariant | null
  readonly playlists: readonly MeasuredPlaylist[]
}

export type Role = 'video' | 'audio' | 'subtitles' | 'iframes' | 'unknown'

export interface MeasuredPlaylist {
  readonly playlist: MediaPlaylist
  readonly track: MeasuredTrack
  readonly role: Role
}

export interface DashPresentation {
  readonly manifest: Manifest
  readonly tracks: readonly MeasuredRepresentation[]
}

export interface MeasuredRepresentation {
  readonly set: AdaptationSet
  readonly representation: Representation
  readonly periodSeconds: number | null
  readonly track: MeasuredTrack
  /** True when every one of its segments is one that the HLS playlists serve too. */
  readonly sharedWithHls: boolean
}

/** Every media playlist of the output. */
export function listPlaylists(output: Output): MeasuredPlaylist[] {
  return output.hls.flatMap((presentation) => presentation.playlists)
}

/** Every multivariant playlist with its presentation. */
export function listMultivariants(
  output: Output,
): { multivariant: Multivariant; presentation: HlsPresentation }[] {
  return output.hls.flatMap((presentation) =>
    presentation.multivariant ? [{ multivariant: presentation.multivariant, presentation }] : [],
  )
}

/** Every measured track: playlists first, then Representations that HLS does not share. */
export function listTracks(output: Output): MeasuredTrack[] {
  const playlists = listPlaylists(output).filter(({ role }) => role !== 'iframes')
  const representations = output.dash.flatMap(({ tracks }) => tracks)
  return [
    ...playlists.map(({ track }) => track),
    ...representations.filter((one) => !one.sharedWithHls).map(({ track }) => track),
  ]
}

/** The playlist that a variant or rendition names, if it could be read. */
export function findPlaylist(
  presentation: HlsPresentation,
  { address }: Pick<Variant | Rendition, 'address'>,
): MeasuredPlaylist | null {
  return presentation.playlists.find(({ playlist }) => playlist.address === address) ?? null
}

/** The renditions of a variant's group of that type. */
export function listGroup(
  multivariant: Multivariant,
  type: 'AUDIO' | 'SUBTITLES',
  groupId: string | null,
): Rendition[] {
  return multivariant.renditions.filter((one) => one.type === type && one.groupId === groupId)
}
