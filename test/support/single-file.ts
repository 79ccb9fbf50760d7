import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { runFfmpeg } from './ffmpeg.ts'

interface HlsFile {
  readonly media: string
  readonly playlist: string
}

interface HlsFileOptions {
  readonly folder: string
  /** "160x90"; null: sound alone. */
  readonly size?: string | null
  readonly sound?: boolean
  readonly seconds?: number
  readonly frameRate?: number
}

/** A fragmented MP4 and its playlist, as PeerTube's runners make them (runner protocol 5.8). */
export async function makeHlsFile({
  folder,
  size = '160x90',
  sound = true,
  seconds = 6,
  frameRate = 25,
}: HlsFileOptions): Promise<HlsFile> {
  const file = nameFile(folder, size === null ? '0' : (size.split('x')[1] ?? '0'))
  await runFfmpeg([
    ...(size === null ? [] : picture(size, frameRate, seconds)),
    ...(sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`] : []),
    ...(size === null ? [] : pictureCodec(frameRate)),
    ...(sound ? ['-c:a', 'aac', '-ac', '2'] : []),
    ...muxer(file),
  ])
  return file
}

/** The same of a clip's own streams, as newer runners do where nothing would change. */
export async function copyAsHlsFile(folder: string, clip: string): Promise<HlsFile> {
  const file = nameFile(folder, '0')
  await runFfmpeg(['-i', clip, '-c', 'copy', ...muxer(file)])
  return file
}

function nameFile(folder: string, resolution: string): HlsFile {
  const stem = join(folder, `${randomUUID()}-${resolution}`)
  return { media: `${stem}-fragmented.mp4`, playlist: `${stem}.m3u8` }
}

function muxer({ media, playlist }: HlsFile): string[] {
  return [
    ...['-hls_time', '4', '-hls_list_size', '0', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_filename', media, '-hls_segment_type', 'fmp4', '-f', 'hls'],
    ...['-hls_flags', 'single_file', playlist],
  ]
}

function picture(size: string, frameRate: number, seconds: number): string[] {
  return ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${frameRate}:duration=${seconds}`]
}

function pictureCodec(frameRate: number): string[] {
  const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p']
  return [...codec, '-g:v', String(2 * frameRate), '-bf', '3', '-threads', '2']
}
