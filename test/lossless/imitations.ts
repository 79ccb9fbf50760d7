import { join } from 'node:path'
import { runFfmpeg } from '../support/ffmpeg.ts'

const size = '160x90'
/** Long enough for several chunks of every cutting, and not a whole number of them. */
const seconds = 5.3

const picture = (rate: string, shape: string = size): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${shape}:rate=${rate}:duration=${seconds}`],
]
/** A tone that changes all the time: alike with itself at no other place. */
const tone: readonly string[] = [
  ...['-f', 'lavfi', '-i', `aevalsrc=0.4*sin(300*t*t+900*t):s=48000:d=${seconds}`],
]
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
const aac = ['-c:a', 'aac', '-ac', '2']
/** Every seventh picture is missing: a rate that varies. */
const dropPictures = ['-vf', 'select=mod(n\\,7)', '-vsync', 'vfr']

/** Kinds of sources that people have, as ffmpeg's arguments before the file's name. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'film-24.mp4': [...picture('24'), ...tone, ...x264, '-bf', '3', '-g', '48', ...aac],
  'open-gop-23976.mkv': [
    ...picture('24000/1001'),
    ...[...tone, '-c:v', 'libx264', '-preset', 'fast', '-pix_fmt', 'yuv420p'],
    ...['-x264-params', 'open-gop=1:b-pyramid=normal:keyint=40:scenecut=0', ...aac],
  ],
  'fast-60.mp4': [...picture('60'), ...tone, ...x264, '-g', '300', ...aac],
  'variable.mp4': [...picture('30'), ...tone, ...dropPictures, ...x264, ...aac],
  'edited.mp4': [...picture('30'), ...tone, ...x264, '-bf', '2', ...aac, '-ss', '0.35'],
  'fragmented.mp4': [
    ...[...picture('25'), ...tone, ...x264, '-g', '25', ...aac],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof'],
  ],
  'broadcast.ts': [
    ...[...picture('30000/1001'), ...tone, '-c:v', 'mpeg2video', '-b:v', '2M', '-bf', '2'],
    ...['-c:a', 'mp2', '-ac', '2'],
  ],
  'web.webm': [
    ...[...picture('25'), ...tone, '-c:v', 'libvpx-vp9', '-deadline', 'realtime'],
    ...['-cpu-used', '8', '-c:a', 'libopus'],
  ],
  'old.avi': [...picture('15'), ...tone, '-c:v', 'mpeg4', '-bf', '1', '-c:a', 'mp3'],
  'portrait-silent.mov': [
    ...picture('12.5', '90x160'),
    '-c:v',
    'libx265',
    '-x265-params',
    'log-level=error',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p10le',
  ],
}

/** Makes them in a folder; their paths. The last is the first, trimmed within a group of pictures. */
export async function makeImitations(folder: string): Promise<string[]> {
  const made = Object.entries(kinds).map(async ([name, args]) => {
    const path = join(folder, name)
    await runFfmpeg([...args, path])
    return path
  })
  const [film = '', ...others] = await Promise.all(made)
  const trimmed = join(folder, 'trimmed.mp4')
  await runFfmpeg(['-ss', '0.7', '-i', film, '-c', 'copy', trimmed])
  return [film, ...others, trimmed]
}
