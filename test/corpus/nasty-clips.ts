import { open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runFfmpeg } from '../support/ffmpeg.ts'

/** A clip that is hard on somebody, and how it must end. */
export interface NastyClip {
  readonly name: string
  readonly expect: 'published' | 'failed' | 'either'
  readonly make: (path: string) => Promise<void>
}

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
const ffv1 = ['-c:v', 'ffv1', '-pix_fmt', 'yuv444p']
const aac = ['-c:a', 'aac', '-ac', '2']
const usual = [...x264, '-g', '25', ...aac]

function picture(seconds = 2, size = '160x90', rate = '25'): string[] {
  return ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`]
}

function tone(seconds = 2): string[] {
  return ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`]
}

function clip(name: string, ...args: readonly string[]): NastyClip {
  return { name, expect: 'published', make: (path) => runFfmpeg([...args, path]) }
}

const odd = (rate: string) =>
  clip(`rate-${rate.replace('/', '-')}.mp4`, ...picture(2, '160x90', rate), ...tone(), ...usual)
const sized = (size: string) =>
  clip(`size-${size}.mkv`, ...picture(1), '-vf', `scale=${size}`, ...ffv1)

/** What is written as a track of its own wherever it is not left out. */
const chapters: NastyClip = {
  name: 'chapters.m4a',
  expect: 'published',
  make: async (path) => {
    const list = `${path}.txt`
    await writeFile(list, ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=One\n')
    await runFfmpeg([...tone(), '-i', list, '-map', '0', '-map_metadata', '1', ...aac, path])
    await rm(list)
  },
}

const sound: readonly NastyClip[] = [
  chapters,
  clip('no-audio.mp4', ...picture(), ...x264),
  clip('audio-only.m4a', ...tone(), ...aac),
  clip('audio-only.wav', ...tone()),
  clip('audio-longer.mp4', ...picture(2), ...tone(5), ...usual),
  clip('video-longer.mp4', ...picture(5), ...tone(2), ...usual),
  clip('audio-3s-later.mp4', ...picture(5), '-itsoffset', '3', ...tone(2), ...usual),
  clip('video-3s-later.mp4', '-itsoffset', '3', ...picture(2), ...tone(5), ...usual),
  clip('video-3s-later.mkv', '-itsoffset', '3', ...picture(2), ...tone(5), ...usual),
  clip('surround.mkv', ...picture(), ...tone(), ...x264, '-c:a', 'ac3', '-ac', '6'),
  clip('mono-8k.mov', ...picture(), ...tone(), ...x264, '-c:a', 'pcm_s16le', '-ar', '8000'),
  clip(
    'languages.mkv',
    ...[...picture(), ...tone(), ...tone(), ...tone(), '-map', '0', '-map', '1', '-map', '2'],
    ...['-map', '3', ...usual, '-metadata:s:a:0', 'language=ger', '-metadata:s:a:1'],
    ...['language=fre', '-metadata:s:a:2', 'language=zxx'],
  ),
  clip(
    'cover-art.m4a',
    ...[...tone(), '-f', 'lavfi', '-i', 'testsrc2=size=300x300:rate=1:duration=1'],
    ...['-map', '0', '-map', '1', ...aac, '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'],
    ...['-frames:v', '1', '-disposition:v:0', 'attached_pic'],
  ),
]

const pictures: readonly NastyClip[] = [
  clip('one-frame.mp4', ...picture(0.04), ...x264),
  clip('one-frame-sound.mp4', ...picture(0.04), ...tone(1), ...usual),
  { ...clip('still.png', ...picture(0.04)), expect: 'failed' },
  ...['1x1', '2x2', '17x3', '161x91', '3x400', '400x3'].map(sized),
  ...['24000/1001', '30000/1001', '60000/1001', '12.5', '120', '1', '7'].map(odd),
  clip('anamorphic.mp4', ...picture(), '-vf', 'setsar=16/11', ...x264),
  clip(
    'ten-bit.mp4',
    ...picture(),
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p10le',
  ),
  clip(
    'yuv444.mp4',
    ...picture(),
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv444p',
  ),
  clip('rgb.mkv', ...picture(), '-c:v', 'libx264rgb', '-preset', 'ultrafast'),
  clip('gray.mkv', ...picture(), '-c:v', 'ffv1', '-pix_fmt', 'gray'),
  clip('alpha.mov', ...picture(), '-vf', 'format=yuva420p', '-c:v', 'qtrle', '-pix_fmt', 'argb'),
  clip(
    'interlaced.ts',
    ...picture(2, '160x96'),
    '-vf',
    'tinterlace=4',
    '-c:v',
    'mpeg2video',
    '-flags',
    '+ildct+ilme',
    '-top',
    '1',
  ),
  clip('animated.gif', ...picture(1)),
]

const structures: readonly NastyClip[] = [
  clip(
    'variable.mp4',
    ...picture(4, '160x90', '30'),
    '-vf',
    'select=not(between(mod(n\\,30)\\,5\\,25))',
    '-vsync',
    'vfr',
    ...x264,
  ),
  clip(
    'open-gop.mp4',
    ...picture(5),
    ...x264,
    '-preset',
    'fast',
    '-x264-params',
    'open-gop=1:keyint=30:bframes=3:b-pyramid=normal',
  ),
  clip('long-gop.mp4', ...picture(25, '64x36'), ...x264, '-g', '9999', '-sc_threshold', '0'),
  clip('intra-refresh.mp4', ...picture(5), ...x264, '-x264-params', 'intra-refresh=1:keyint=50'),
  clip('edit-list.mp4', ...picture(5), ...tone(5), ...usual, '-bf', '2', '-ss', '1.33'),
  clip('late-start.mkv', ...picture(), ...tone(), ...usual, '-output_ts_offset', '1000'),
  clip(
    'negative.mkv',
    ...picture(),
    ...tone(),
    ...usual,
    '-output_ts_offset',
    '-0.7',
    '-avoid_negative_ts',
    'disabled',
  ),
  clip('wrap.ts', ...picture(4), ...tone(4), ...usual, '-output_ts_offset', '95442'),
  clip(
    'fragmented.mp4',
    ...picture(5),
    ...tone(5),
    ...usual,
    '-movflags',
    'frag_keyframe+empty_moov',
  ),
  clip('raw.h264', ...picture(), ...x264),
  clip(
    'subtitled.mkv',
    ...picture(),
    ...tone(),
    ...usual,
    '-metadata',
    'title=<script>alert(1)</script>',
  ),
]

/** A usual clip, spoiled afterwards. */
function spoiled(
  name: string,
  expect: NastyClip['expect'],
  spoil: (path: string) => Promise<void>,
) {
  const make = async (path: string) => {
    await runFfmpeg([...picture(5), ...tone(5), ...usual, path])
    await spoil(path)
  }
  return { name, expect, make }
}

const cutTo = (share: number) => async (path: string) =>
  truncate(path, Math.floor((await stat(path)).size * share))

/** Two programmes one after the other: times start over in the middle. */
async function joinWithJump(path: string): Promise<void> {
  const first = await readFile(path)
  await runFfmpeg([...picture(3), ...tone(3), ...usual, '-output_ts_offset', '500', path])
  await writeFile(path, Buffer.concat([first, await readFile(path)]))
}

/** Random bytes over the middle of the file, the same each time. */
async function damageMiddle(path: string): Promise<void> {
  const { size } = await stat(path)
  const file = await open(path, 'r+')
  try {
    for (let offset = size >> 1; offset < (size >> 1) + 6000; offset += 3) {
      await file.write(Buffer.from([(offset * 31) & 255]), 0, 1, offset)
    }
  } finally {
    await file.close()
  }
}

/** Zeros from the middle on, up to the index, as a download with holes leaves them. */
async function blankSecondHalf(path: string): Promise<void> {
  const bytes = await readFile(path)
  await writeFile(path, bytes.fill(0, bytes.length >> 1, bytes.lastIndexOf('moov') - 4))
}

const text = (name: string, content: string): NastyClip => ({
  name,
  expect: 'failed',
  make: (path) => writeFile(path, content),
})

const broken: readonly NastyClip[] = [
  spoiled('no-moov.mp4', 'failed', cutTo(0.7)),
  spoiled('zeroed.mp4', 'failed', blankSecondHalf),
  spoiled('half.mkv', 'published', cutTo(0.5)),
  spoiled('half.ts', 'published', cutTo(0.53)),
  spoiled('header-only.mkv', 'failed', (path) => truncate(path, 700)),
  spoiled('jump.ts', 'published', joinWithJump),
  spoiled('damaged.ts', 'either', damageMiddle),
  spoiled('damaged.mp4', 'either', damageMiddle),
  spoiled('damaged.mkv', 'either', damageMiddle),
  text('playlist.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile:///etc/passwd\n'),
  text('concat.mp4', "ffconcat version 1.0\nfile '/etc/passwd'\n"),
  text('empty.mp4', ''),
  text('zip.mp4', `PK\u0003\u0004${'\0'.repeat(2000)}`),
  text('zeros.ts', '\0'.repeat(100_000)),
]

/** All of them. */
export const nastyClips: readonly NastyClip[] = [...sound, ...pictures, ...structures, ...broken]

/** Makes all in a folder. */
export async function makeNastyClips(folder: string): Promise<void> {
  for (const each of nastyClips) await each.make(join(folder, each.name))
}
