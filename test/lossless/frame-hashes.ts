import { execa } from 'execa'
import type { PlannedVersion } from '#flow/version.ts'
import { buildPictureFilters } from '#stages/encoding/picture-filters.ts'

/** The MD5 of every picture in order: the last column of ffmpeg's framemd5. */
export type FrameHashes = readonly string[]

/** What a player decodes of one rendition, from its playlist. */
export async function hashOutput(playlist: string): Promise<FrameHashes> {
  const [hashes = []] = await hashStreams(['-i', playlist, '-map', '0:v', '-vsync', 'passthrough'])
  return hashes
}

/** Everything that a player decodes of a track of sound, in one hash per frame of the codec. */
export async function hashSound(playlist: string): Promise<FrameHashes> {
  const [hashes = []] = await hashStreams(['-i', playlist, '-map', '0:a'])
  return hashes
}

/**
 * One ffmpeg over the whole source, never seeking, with the very filters of the plan: what each
 * rendition must be, frame by frame, before an encoder sees it.
 */
export async function hashUnchunked(
  source: string,
  { media, plan }: PlannedVersion,
): Promise<Record<string, FrameHashes>> {
  const { grid, picture, video } = plan
  if (!grid || !picture || !media.video) throw new TypeError('the source has pictures')
  const input = { ...media, videoStream: media.video.index }
  const chunk = { firstFrame: 0, frames: grid.frames, tailFrames: 0 }
  const filters = buildPictureFilters({ input, grid, chunk, picture, renditions: video })
  const read = ['-copyts', '-f', media.demuxer, '-i', source, '-filter_complex', filters]
  const outputs = video.flatMap((_, index) => ['-map', `[v${index}]`])
  const asTheyAre = ['-pix_fmt', 'yuv420p', '-vsync', 'passthrough']
  const streams = await hashStreams([...read, ...outputs, ...asTheyAre])
  return Object.fromEntries(video.map(({ name }, index) => [name, streams[index] ?? []]))
}

async function hashStreams(args: readonly string[]): Promise<string[][]> {
  const { stdout } = await execa(
    'ffmpeg',
    ['-v', 'error', '-nostdin', ...args, '-f', 'framemd5', '-'],
    { maxBuffer: 2 ** 30 },
  )
  const streams: string[][] = []
  for (const line of stdout.split('\n')) {
    const match = /^(\d+),.*,\s*([0-9a-f]{32})$/.exec(line)
    if (match) (streams[Number(match[1])] ??= []).push(match[2] ?? '')
  }
  return streams
}
