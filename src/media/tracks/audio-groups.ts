import { measureBitRates } from './bit-rates.ts'
import { nameLanguage } from './language.ts'
import type { AudioTrack } from './track.ts'

/** The sound tracks of one codec: a player chooses one of them beside a variant. */
export interface AudioGroup {
  /** Also the id of the group. */
  readonly codecs: string
  readonly members: readonly AudioGroupMember[]
  /** The rates of the largest member; a variant's BANDWIDTH holds them. */
  readonly peakBps: number
  readonly averageBps: number
}

/** A sound track as the multivariant playlist names it. */
export interface AudioGroupMember {
  readonly track: AudioTrack
  /** Unlike all others of the group: RFC 8216 section 4.3.4.1.1. */
  readonly name: string
  readonly isDefault: boolean
  /** True for the first of each language: the others are only chosen by hand. */
  readonly isAutoselected: boolean
}

/** One group per codec, in the order of the tracks. */
export function groupAudio(tracks: readonly AudioTrack[], targetSeconds?: number): AudioGroup[] {
  const byCodec = Map.groupBy(tracks, (track) => track.codecs)
  return [...byCodec].map(([codecs, members]) => {
    const rates = members.map((track) => measureBitRates(track, targetSeconds))
    return {
      codecs,
      members: nameMembers(members),
      peakBps: Math.max(...rates.map((rate) => rate.peakBps)),
      averageBps: Math.max(...rates.map((rate) => rate.averageBps)),
    }
  })
}

function nameMembers(tracks: readonly AudioTrack[]): AudioGroupMember[] {
  const theDefault = tracks.find((track) => track.isDefault) ?? tracks[0]
  const taken = new Set<string>()
  const languages = new Set(theDefault ? [theDefault.language] : [])
  return tracks.map((track) => {
    const isDefault = track === theDefault
    const isAutoselected = isDefault || !languages.has(track.language)
    languages.add(track.language)
    return { track, name: chooseName(track, taken), isDefault, isAutoselected }
  })
}

/** The title, or the language's name; a number after it where that is taken. */
function chooseName(track: AudioTrack, taken: Set<string>): string {
  const wanted = track.title?.trim() || nameLanguage(track.language)
  let name = wanted
  for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`
  taken.add(name)
  return name
}
