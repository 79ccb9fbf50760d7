import type { AudioRendition, Grid, PictureTreatment, VideoRendition } from '#jobs/payload.ts'
import type { AudioStream, MediaInfo, VideoStream } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { type ChunkWishes, planChunks } from './chunks.ts'
import { planColor } from './color.ts'
import { planFilms } from './films.ts'
import { planGrid } from './grid.ts'
import { planLadder } from './ladder.ts'
import {
  canBeCutIntoPieces,
  canBeRenderedIntoPieces,
  planPieceRate,
  planPieceRendition,
} from './pieces.ts'
import type { Chunk, ChunkPlan } from './plan.ts'
import { type ChunkProfile, gopSecondsDefault, segmentSecondsDefault } from './profile.ts'
import { countPieceRenditions, type Fleet } from './share-renditions.ts'

/** Longer chunks lose more when a runner dies; shorter ones cost more decoder starts and tails. */
const chunkSecondsMaxDefault = 60

/**
 * What will be done for a source: a pure function of what is known of it, the profile, and which
 * runners may share the work. Fails with nothing: a source without pictures gets a plan of sound,
 * and a source of neither was refused by probing.
 *
 * @param given - chunks that were given out while the source was still arriving.
 */
export function planVersion(
  media: MediaInfo,
  profile: ChunkProfile,
  fleet: Fleet,
  given: readonly Chunk[] = [],
): ChunkPlan {
  const audio = media.audio.map((stream, index) => planAudio(stream, index, profile, fleet))
  const segmentSeconds = profile.segmentSeconds ?? segmentSecondsDefault
  const common = {
    kind: 'chunks' as const,
    profile: profile.name,
    audio,
    segmentSeconds,
    normalizeLoudness: profile.audio?.normalizeLoudness ?? false,
    ...(profile.playableEarly === false ? { playableEarly: false as const } : {}),
  }
  if (!media.video || profile.video.length === 0) {
    return { ...common, grid: null, picture: null, video: [], chunks: [] }
  }
  const grid = planGrid(media, media.video, {
    gopSeconds: profile.gopSeconds ?? gopSecondsDefault,
    segmentSeconds,
    frameRateMax: profile.frameRateMax ?? 60,
  })
  const ladder = planLadder(
    profile.video,
    media.video,
    toNumber(grid.frameRate),
    profile.lossless ?? false,
  )
  const { video, ...pieces } = shareLadder(ladder, { media, grid, profile, fleet })
  const ofChunks = video.filter(({ madeOf }) => madeOf !== 'pieces')
  const wishes = {
    ...wishForChunks(profile, fleet),
    firstSegments: countUnseekable(media, media.video, grid),
  }
  return {
    ...common,
    ...planExtras(profile, video),
    grid,
    picture: planPicture(media.video, ofChunks),
    video,
    chunks: ofChunks.length > 0 ? planChunks(grid, wishes, given) : [],
    ...pieces,
  }
}

/** Filters that look at pictures before the one that they make need some of them. */
const seekMarginSeconds = 0.5

/** Segments that begin where no seek leads, but for the first; at least 1. */
function countUnseekable(media: MediaInfo, video: VideoStream, grid: Grid): number {
  const { seekableFromSeconds = media.originSeconds } = video
  const seconds = seekableFromSeconds - media.originSeconds
  const frames = seconds > 0 ? (seconds + seekMarginSeconds) * toNumber(grid.frameRate) : 0
  return Math.max(1, Math.ceil(frames / grid.segmentFrames))
}

/** What is made of the finished renditions. */
function planExtras(
  { storyboard, mp4 }: ChunkProfile,
  video: readonly VideoRendition[],
): Pick<ChunkPlan, 'storyboard' | 'mp4'> {
  const films = planFilms(mp4, video)
  return { ...(storyboard ? { storyboard } : {}), ...(films.length > 0 ? { mp4: films } : {}) }
}

/** How the timeline is to be cut for the runners that are there. */
export function wishForChunks(profile: ChunkProfile, { slots }: Fleet): ChunkWishes {
  return {
    slots: Math.max(1, slots),
    chunkSecondsMax: profile.chunkSecondsMax ?? chunkSecondsMaxDefault,
    playableEarly: profile.playableEarly ?? true,
  }
}

interface Sharing {
  readonly media: MediaInfo
  readonly grid: Grid
  readonly profile: ChunkProfile
  readonly fleet: Fleet
}

type Shared = Pick<ChunkPlan, 'video' | 'piecesRefused' | 'piecesRendered'>

/**
 * The ladder with its smallest renditions made of pieces, where runners and source allow it. What
 * cannot be cut is rendered by the server only when nobody else could do it.
 */
function shareLadder(ladder: VideoRendition[], { media, grid, profile, fleet }: Sharing): Shared {
  const { video } = media
  const count = profile.lossless || !video ? 0 : countPieceRenditions(ladder, fleet)
  if (count === 0 || !video) return { video: ladder }
  const shared = [
    ...ladder.slice(0, ladder.length - count),
    ...ladder.slice(ladder.length - count).map((rendition) => toPieces(rendition, video, grid)),
  ]
  const answer = canBeCutIntoPieces(media, grid)
  if (answer === true) return { video: shared }
  const isAlone = fleet.own === 0 && canBeRenderedIntoPieces(media, grid)
  return isAlone
    ? { video: shared, piecesRendered: answer }
    : { video: ladder, piecesRefused: answer }
}

function toPieces(rendition: VideoRendition, source: VideoStream, grid: Grid): VideoRendition {
  const { name, width, height } = rendition
  const resolution = Math.min(width, height)
  const planned = planPieceRendition(name, source, resolution, planPieceRate(grid))
  return { ...planned, madeOf: 'pieces' }
}

function planPicture(video: VideoStream, renditions: readonly VideoRendition[]): PictureTreatment {
  const scales = new Map(
    renditions.map(({ width, height }) => [`${width}x${height}`, { width, height }]),
  )
  return {
    deinterlace: video.interlaced,
    toneMapFrom: video.hdr,
    sourceWidth: video.width,
    sourceHeight: video.height,
    ...(video.upright ? { stored: { width: video.codedWidth, height: video.codedHeight } } : {}),
    color: planColor(video),
    flattenAlpha: video.alpha,
    scales: [...scales.values()],
  }
}

/** Sound keeps its usual rate; anything else becomes 48 000 Hz. A stereo AAC always exists (2.3). */
function planAudio(
  stream: AudioStream,
  index: number,
  profile: ChunkProfile,
  { own, stock }: Fleet,
): AudioRendition {
  const channels = profile.audio?.channels ?? 2
  // Where none of ours is there; stereo is what the others make.
  const isPiece = own === 0 && stock > 0 && channels === 2
  return {
    ...(isPiece ? { madeOf: 'pieces' } : {}),
    name: `audio-${index}`,
    sourceStream: stream.index,
    codec: 'aac',
    channels,
    sampleRate: stream.sampleRate === 44_100 ? 44_100 : 48_000,
    bitRateBps: (profile.audio?.bitRateKbps ?? 128) * 1000,
    language: stream.language,
    title: stream.title,
    isDefault: index === 0,
  }
}
