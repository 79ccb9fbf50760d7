import type { AudioStream } from '#media/probe/media-info.ts'
import { measureHold } from '../hold.ts'
import { type FileInput, findSound, requirePictures } from '../open-input.ts'
import type { Picture } from '../open-picture.ts'
import type { Sources } from '../open-sources.ts'
import { listRest } from '../picture-arguments.ts'
import type { Range } from './ranges.ts'
import {
  type Canvas,
  joinParts,
  makeSilence,
  placePictures,
  placeSound,
  type TaskGraph,
} from './task-graph.ts'

/** Keeps these ranges of the video, one after the other, to the sample. */
export function buildRangesGraph(
  sources: Sources,
  canvas: Canvas,
  ranges: readonly Range[],
): TaskGraph {
  const hasSound = sources.sound !== null
  const count = ranges.length
  const labels = (kind: string) => ranges.map((_, index) => `[${kind}${index}]`)
  const trims = ranges.flatMap(({ start, end }, index) => {
    const place = `start=${start.toFixed(6)}:end=${end.toFixed(6)}`
    const picture = `[p${index}]trim=${place},setpts=PTS-STARTPTS[v${index}]`
    const sound = `[s${index}]atrim=${place},asetpts=PTS-STARTPTS[a${index}]`
    return hasSound ? [picture, sound] : [picture]
  })
  const parts = ranges.map((_, index) => ({ video: `[v${index}]`, audio: `[a${index}]` }))
  const main = placeMain(sources, canvas)
  return {
    chains: [
      `${main.pictures},split=${count}${labels('p').join('')}`,
      ...(main.sound ? [`${main.sound},asplit=${count}${labels('s').join('')}`] : []),
      ...trims,
      joinParts(parts, hasSound),
    ],
    hasSound,
  }
}

/** Puts another video before or after; where one of the two has no sound it gets silence. */
export function buildJoinGraph(
  sources: Sources,
  canvas: Canvas,
  { clip, place }: { readonly clip: FileInput; readonly place: 'before' | 'after' },
): TaskGraph {
  const index = sources.inputs.length
  const clipVideo = requirePictures(clip)
  const clipSound = findSound(clip)
  const main = placeMain(sources, canvas)
  const hasSound = main.sound !== null || clipSound !== null
  const parts = [
    { video: '[v0]', audio: '[a0]' },
    { video: '[v1]', audio: '[a1]' },
  ]
  const clipHeard = hear(clipSound, index, clip.media.durationSeconds)
  const mainHeard = main.sound ?? makeSilence(sources.main.media.durationSeconds)
  return {
    chains: [
      `${main.pictures}[v0]`,
      `${placePictures(`${index}:${clipVideo.index}`, clipVideo, canvas)}[v1]`,
      ...(hasSound ? [`${mainHeard}[a0]`, `${clipHeard}[a1]`] : []),
      joinParts(place === 'after' ? parts : parts.toReversed(), hasSound),
    ],
    hasSound,
  }
}

/** Where a watermark lies, in shares of the video's height. */
export interface WatermarkPlace {
  readonly sizeRatio: number
  readonly horizontalMarginRatio: number
  readonly verticalMarginRatio: number
}

/**
 * Lays a picture over the top right corner. Size and both margins are shares of the video's height,
 * as PeerTube's own servers and runners take them.
 */
export function buildWatermarkGraph(
  sources: Sources,
  canvas: Canvas,
  { picture, place }: { readonly picture: Picture; readonly place: WatermarkPlace },
): TaskGraph {
  const height = Math.max(1, Math.round(canvas.height * place.sizeRatio))
  const width = Math.max(1, Math.round((height * picture.width) / picture.height))
  const x = canvas.width - width - Math.round(canvas.height * place.horizontalMarginRatio)
  const y = Math.round(canvas.height * place.verticalMarginRatio)
  const main = placeMain(sources, canvas)
  return {
    chains: [
      `${main.pictures}[main]`,
      `[${sources.inputs.length}:v:0]scale=w=${width}:h=${height},format=yuva420p[mark]`,
      `[main][mark]overlay=x=${x}:y=${y},format=yuv420p[v]`,
      ...(main.sound ? [`${main.sound}[a]`] : []),
    ],
    hasSound: main.sound !== null,
  }
}

function placeMain(sources: Sources, canvas: Canvas) {
  const { main, sound } = sources
  const video = requirePictures(main)
  const rest = listRest(measureHold(sources), canvas.fps)
  return {
    pictures: [placePictures(`0:${video.index}`, video, canvas), ...rest].join(','),
    sound: sound && placeSound(`${sound.input}:${sound.stream.index}`),
  }
}

function hear(stream: AudioStream | null, input: number, seconds: number): string {
  return stream ? placeSound(`${input}:${stream.index}`) : makeSilence(seconds)
}
