import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HlsPayload } from '#jobs/file-payload.ts'
import { countCost } from './cost.ts'
import { encodeFile } from './encode-file.ts'
import type { FileWork } from './file-work.ts'
import { canCopyAll } from './full-copy.ts'
import { requirePictures } from './open-input.ts'
import { openSources, type Sources } from './open-sources.ts'
import { hlsArguments, openArguments, pictureArguments } from './source-arguments.ts'
import { estimateFileLimitMs } from './time-limit.ts'
import { describeWritten, soundArguments } from './web-video.ts'

/**
 * `vod-hls-transcoding` (runner protocol 2.2): one fragmented MP4 and the media playlist of its
 * byte ranges. Servers find the MP4's name in the playlist by its pattern, so that is a contract.
 */
export const makeHls: FileWork<HlsPayload> = async (context) => {
  const { payload, scratch, threads } = context
  const place = { ...context, cost: countCost() }
  const sources = await openSources(place, payload.input)
  const base = `${randomUUID()}-${payload.output.resolution}`
  const names = { media: `${base}-fragmented.mp4`, playlist: `${base}.m3u8` }
  const media = join(scratch, names.media)
  const playlist = join(scratch, names.playlist)
  const written = describeWritten(sources, payload.output)
  await encodeFile(place, {
    args: [...buildHlsArguments(sources, payload.output, threads), ...hlsArguments(names)],
    path: media,
    doing: 'Encoding the video',
    seconds: written.seconds,
    timeoutMs: estimateFileLimitMs(sources.inputs, written),
  })
  await writeFile(playlist, bareNames(await readFile(playlist, 'utf8'), names.media))
  return {
    files: {
      videoFile: { path: media, filename: names.media, type: 'video/mp4' },
      resolutionPlaylistFile: {
        path: playlist,
        filename: names.playlist,
        type: 'application/vnd.apple.mpegurl',
      },
    },
    fields: {},
    ...place.cost.total(),
  }
}

/**
 * Inputs, filters and encoders of a segmented rendition; what follows is where it is written. Sound
 * is copied only where pictures are: one beside encoded pictures drifts away from them.
 */
export function buildHlsArguments(
  sources: Sources,
  { resolution, fps, separatedAudio = false }: HlsPayload['output'],
  threads: number,
): string[] {
  const open = openArguments(sources)
  if (resolution === 0) return [...open, ...soundArguments(sources, false), '-vn']
  const order = { resolution, fps }
  const withSound = !separatedAudio && sources.sound !== null
  const isCopied = canCopyAll(sources, order, withSound)
  const pictures = isCopied ? copyPictures(sources) : pictureArguments(sources, order, threads)
  const sound = withSound ? soundArguments(sources, isCopied) : ['-an']
  return [...open, ...pictures, ...sound]
}

function copyPictures({ main }: Sources): string[] {
  return ['-map', `0:${requirePictures(main).index}`, '-c:v', 'copy']
}

/** The playlist with its media file named as it lies beside it: some builds of ffmpeg add folders. */
export function bareNames(playlist: string, name: string): string {
  const place = playlist.replaceAll(/URI="[^"]*"/g, `URI="${name}"`)
  return place
    .split('\n')
    .map((line) => (line.endsWith(`/${name}`) ? name : line))
    .join('\n')
}
