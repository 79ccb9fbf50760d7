import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { readFragments } from './fragment-stream.ts'

/** What ffmpeg wrote to its pipe. */
export interface Clip {
  readonly init: Buffer
  readonly fragments: readonly Buffer[]
}

/** The clips that tests make: 160×90, 25 pictures a second, groups of 10. */
export const frameRate = 25
export const gopFrames = 10
export const timescale = 12_800
export const frameTicks = timescale / frameRate

/** Encoder arguments for tiny closed groups of pictures; nothing is lost but with AV1. */
export const videoCodecs = {
  h264: [
    'libx264',
    '-preset',
    'fast',
    '-qp',
    '0',
    '-bf',
    '3',
    '-x264-params',
    'scenecut=0:open-gop=0',
  ],
  hevc: [
    'libx265',
    '-preset',
    'ultrafast',
    '-tag:v',
    'hvc1',
    '-x265-params',
    'log-level=none:lossless=1:bframes=3:b-adapt=0:scenecut=0:open-gop=0:keyint=10:min-keyint=10',
  ],
  vp9: ['libvpx-vp9', '-lossless', '1', '-deadline', 'realtime', '-cpu-used', '8'],
  av1: ['libsvtav1', '-preset', '12'],
} as const

// Decided per frame of 1024 samples: the tone starts with frame 47.
const silence = "volume=0:enable='lt(t,1)'"
export const toneStartSample = 47 * 1024

const fragmented = '+frag_keyframe+empty_moov+default_base_moof'

/** Pictures of one chunk, counted from the first of the whole. */
export function encodePictures(
  codec: keyof typeof videoCodecs,
  {
    firstFrame = 0,
    frames,
    movflags = '',
    threads,
  }: { firstFrame?: number; frames: number; movflags?: string; threads?: number },
): Promise<Clip> {
  const groups = ['-g', String(gopFrames), '-keyint_min', String(gopFrames)]
  const muxer = ['-f', 'mp4', '-movflags', fragmented + movflags]
  return encode([
    ...pictureSource(firstFrame, frames),
    ...groups,
    '-c:v',
    ...videoCodecs[codec],
    ...(threads === undefined ? [] : ['-threads', String(threads)]),
    ...muxer,
    '-video_track_timescale',
    String(timescale),
  ])
}

/** Sound: a second of silence, then a tone, so that where it starts can be heard. */
export function encodeSound(seconds: number, codec = 'aac'): Promise<Clip> {
  const source = ['-f', 'lavfi', '-i', `sine=f=1000:r=48000:d=${seconds},${silence}`]
  const muxer = ['-f', 'mp4', '-movflags', '+empty_moov+default_base_moof+delay_moov']
  return encode([...source, '-c:a', codec, ...muxer, '-frag_duration', '500000'])
}

/** The MD5 of every decoded picture of the source itself. */
export function hashSource(frames: number): Promise<string[]> {
  return hash([...pictureSource(0, frames), '-pix_fmt', 'yuv420p'], Buffer.alloc(0))
}

/** The MD5 of every decoded picture. */
export function hashPictures(bytes: Buffer): Promise<string[]> {
  return hash(['-i', 'pipe:0', '-fps_mode', 'passthrough'], bytes)
}

/** The presentation times in seconds of the packets, as ffprobe reads them, sorted. */
export async function probeTimes(bytes: Buffer): Promise<number[]> {
  const show = ['-show_entries', 'packet=pts_time', '-of', 'csv=p=0', '-i', 'pipe:0']
  const lines = (await run('ffprobe', ['-v', 'error', ...show], bytes))
    .toString()
    .trim()
    .split('\n')
  return lines.map((line) => Number.parseFloat(line)).toSorted((a, b) => a - b)
}

/** Runs a program to its end; its words are the failure. */
export async function run(
  program: string,
  args: readonly string[],
  input: Buffer = Buffer.alloc(0),
): Promise<Buffer> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  // A program that has read enough closes its end; its exit code tells whether that was right.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [output, words] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    once(child, 'close'),
  ])
  if (child.exitCode !== 0) throw new Error(`${program} failed: ${words.toString()}`)
  return output
}

function pictureSource(firstFrame: number, frames: number): string[] {
  const trim = `trim=start_frame=${firstFrame}:end_frame=${firstFrame + frames},setpts=PTS-STARTPTS`
  return ['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=${frameRate},format=yuv420p,${trim}`]
}

async function encode(args: readonly string[]): Promise<Clip> {
  const child = spawn('ffmpeg', ['-v', 'error', '-nostdin', ...args, 'pipe:1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let init: Buffer = Buffer.alloc(0)
  const fragments: Buffer[] = []
  for await (const part of readFragments(child.stdout)) {
    if (part.kind === 'init') init = part.bytes
    else fragments.push(part.bytes)
  }
  return { init, fragments }
}

async function hash(args: readonly string[], input: Buffer): Promise<string[]> {
  const output = await run('ffmpeg', ['-v', 'error', ...args, '-f', 'framemd5', '-'], input)
  const lines = output
    .toString()
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
  return lines.map((line) => line.split(',').at(-1)?.trim() ?? '')
}
