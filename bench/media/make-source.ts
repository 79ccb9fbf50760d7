import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { BenchContext } from '../bench.ts'

interface Wanted {
  readonly seconds: number
  /** Of generated pictures; a given film keeps its size. */
  readonly height: number
}

const quiet = ['-nostdin', '-hide_banner', '-v', 'error', '-y']
/** Generated once and kept, since it takes longer than many a bench. */
const keptDir = join(import.meta.dirname, '../results/sources')

/** A film of that length: the given one or generated pictures, cut or looped without encoding. */
export async function makeSource(context: BenchContext, wanted: Wanted): Promise<string> {
  const film = context.source ?? (await makeFilm(wanted.height, context))
  const path = join(context.scratch, `source-${wanted.height}p-${wanted.seconds}s.mp4`)
  await execa(
    'ffmpeg',
    [
      [...quiet, '-stream_loop', '-1', '-i', film, '-t', String(wanted.seconds)],
      ['-map', '0:v:0', '-map', '0:a:0?', '-c', 'copy', '-movflags', '+faststart', path],
    ].flat(),
  )
  return path
}

/** A film of three scenes, with motion, texture, grain and cuts that no GOP knows of; with sound. */
async function makeFilm(height: number, { say }: BenchContext): Promise<string> {
  const path = join(keptDir, `film-${height}p.mp4`)
  if (await exists(path)) return path
  say(`making a film of ${height} lines`)
  await mkdir(keptDir, { recursive: true })
  const width = Math.round((height * 16) / 18) * 2
  const unfinished = join(keptDir, `${process.pid}.mp4`)
  await execa(
    'ffmpeg',
    [
      [...quiet, '-filter_complex', drawScenes(`${width}x${height}`, height)],
      ['-map', '[picture]', '-map', '[sound]', '-pix_fmt', 'yuv420p'],
      ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-maxrate', '6M', '-bufsize', '12M'],
      ['-c:a', 'aac', '-b:a', '128k', unfinished],
    ].flat(),
  )
  await rename(unfinished, path)
  return path
}

/**
 * A zoom, a test card that turns, and a pan. The zoom is drawn small, for at full size it alone
 * would take minutes. The grain is weak: with more, VMAF is near 0 and tells nothing.
 */
function drawScenes(size: string, height: number): string {
  const small = `${Math.round(height / 4.5) * 4}x${Math.round(height / 4) * 2}`
  const finish = 'setsar=1,format=yuv420p'
  const grain = `noise=alls=2:allf=t,${finish}`
  return [
    `mandelbrot=size=${small}:rate=24:start_scale=1:end_scale=0.05:end_pts=150,` +
      `trim=end_frame=110,scale=${size.replace('x', ':')},${grain}[a]`,
    `testsrc2=size=${size}:rate=24,trim=end_frame=83,rotate=a=0.01*t:c=gray,${finish}[b]`,
    `mandelbrot=size=${size}:rate=24:start_scale=0.4,trim=end_frame=1,loop=94:1,` +
      `setpts=N/24/TB,scroll=horizontal=0.003:vertical=0.001,${grain}[c]`,
    '[a][b][c]concat=n=3[picture]',
    'sine=frequency=330:sample_rate=48000,volume=0.3[tone]',
    'anoisesrc=color=pink:amplitude=0.2:sample_rate=48000:seed=1[noise]',
    '[tone][noise]amix=inputs=2,atrim=end=12,pan=stereo|c0=c0|c1=c0[sound]',
  ].join(';')
}

/** A picture that hardly changes, for benches in which nothing is encoded: small at any length. */
export async function makeStill(context: BenchContext, wanted: Wanted): Promise<string> {
  const { height } = wanted
  const width = Math.round((height * 16) / 18) * 2
  const short = join(context.scratch, 'still.mp4')
  await execa(
    'ffmpeg',
    [
      [...quiet, '-f', 'lavfi', '-i', `smptebars=size=${width}x${height}:rate=24:duration=20`],
      ['-f', 'lavfi', '-i', 'sine=sample_rate=48000:duration=20', '-ac', '2'],
      [
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-crf',
        '40',
        '-c:a',
        'aac',
        '-b:a',
        '32k',
        short,
      ],
    ].flat(),
  )
  return makeSource({ ...context, source: short }, wanted)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
