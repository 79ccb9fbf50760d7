import { join } from 'node:path'
import type { ChunkPayload, VideoRendition } from '#jobs/payload.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { buildAudioArguments } from '#stages/encoding/audio-arguments.ts'
import { buildEncoderArguments } from '#stages/encoding/encoder-arguments.ts'
import { buildPictureFilters } from '#stages/encoding/picture-filters.ts'
import { planJobs } from '#stages/planning/plan-jobs.ts'
import { type Order, orderWhole } from './order-source.ts'

const quiet = ['ffmpeg', '-nostdin', '-hide_banner', '-nostats', '-v', 'error', '-y']

/**
 * The best that one ffmpeg can do: a single decode, Reelmill's own chain of scales and encoder
 * arguments, the sound beside it, plain MP4 files. No chunks, no checks, no segments.
 */
export function buildSingleCommand(order: Order, folder: string): string[] {
  return [...quiet, ...readPictures(order, orderWhole(order), folder), ...readSound(order, folder)]
}

/** Only the pictures of the single command, each rendition into `folder/NAME.mp4`. */
export function buildWholeFileCommand(order: Order, folder: string): string[] {
  return [...quiet, ...readPictures(order, orderWhole(order), folder)]
}

/**
 * One ffmpeg for each rendition and one for the sound, as runners work that know nothing else: each
 * decodes the source anew and scales it straight to its size.
 */
export function buildCommandPerRendition(order: Order, folder: string): string[][] {
  const whole = orderWhole(order)
  const pictures = whole.renditions.map((rendition) => {
    const { width, height } = rendition
    const picture = { ...whole.picture, scales: [{ width, height }] }
    return readPictures(order, { ...whole, picture, renditions: [rendition] }, folder)
  })
  const sound = readSound(order, folder)
  const all = sound.length === 0 ? pictures : [...pictures, [...openSource(order), ...sound]]
  return all.map((args) => [...quiet, ...args])
}

/** The pictures as every encoder gets them, without loss, into `folder/NAME.mp4`. */
export function buildReferenceCommand(order: Order, folder: string): string[] {
  const whole = orderWhole(order)
  const lossless = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', '-pix_fmt', 'yuv420p']
  return [
    ...quiet,
    ...openSource(order),
    '-filter_complex',
    buildPictureFilters(whole),
    ...whole.renditions.flatMap(({ name }, index) =>
      ['-map', `[v${index}]`, lossless, join(folder, `${name}.mp4`)].flat(),
    ),
  ]
}

function openSource({ path, media }: Order): string[] {
  return ['-copyts', ...inputArguments({ kind: 'file', path }, media.demuxer)]
}

function readPictures(order: Order, payload: ChunkPayload, folder: string): string[] {
  const encode = (rendition: VideoRendition, index: number): string[] =>
    [
      ['-map', `[v${index}]`, '-an', '-map_metadata', '-1'],
      buildEncoderArguments(rendition, payload.grid, payload.picture.color, 0),
      ['-f', 'mp4', join(folder, `${rendition.name}.mp4`)],
    ].flat()
  return [
    ...openSource(order),
    '-filter_complex',
    buildPictureFilters(payload),
    ...payload.renditions.flatMap(encode),
  ]
}

/** The outputs of Reelmill's own command for sound, into files instead of pipes. */
function readSound({ plan, media, path }: Order, folder: string): string[] {
  const payload = planJobs(plan, media)
    .map((job) => job.payload)
    .find((each) => each.type === 'vod-audio-encoding')
  if (!payload) return []
  const args = buildAudioArguments(payload, { kind: 'file', path })
  const outputs = args.slice(args.indexOf('-i') + 2)
  let index = 0
  return outputs.map((word) =>
    /^pipe:\d+$/.test(word) ? join(folder, `audio-${index++}.mp4`) : word,
  )
}
