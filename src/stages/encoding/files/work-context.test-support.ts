import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { defaultPrograms } from '#media/ffmpeg/programs.ts'
import type { FileWorkContext, TranscriptionEngine } from './file-work.ts'

interface Given {
  readonly scratch: string
  readonly transcription?: TranscriptionEngine
  readonly signal?: AbortSignal
  readonly report?: (progress: number) => void
}

/**
 * The context of a job whose addresses are paths: to download is to copy, under a name that says
 * nothing.
 */
export async function makeContext<Payload>(
  payload: Payload,
  { scratch, transcription, signal, report }: Given,
): Promise<FileWorkContext<Payload>> {
  await mkdir(scratch, { recursive: true })
  let downloads = 0
  return {
    payload,
    scratch,
    download: async (url) => {
      downloads += 1
      const path = join(scratch, `input-${downloads}`)
      await copyFile(url, path)
      return path
    },
    signal: signal ?? new AbortController().signal,
    threads: 1,
    niceness: 5,
    programs: defaultPrograms,
    transcription: transcription ?? null,
    report: report ?? (() => undefined),
  }
}

/** A stream as an independent reader sees it. */
interface ProbedStream {
  readonly codec_type: string
  readonly codec_name: string
  readonly width?: number
  readonly height?: number
  readonly pix_fmt?: string
  readonly channels?: number
  readonly r_frame_rate: string
  readonly nb_read_packets: string
  readonly has_b_frames?: number
  readonly sample_aspect_ratio?: string
  readonly duration?: string
  readonly color_transfer?: string
}

/** Streams and length of a file, its packets counted. */
export async function probeFile(path: string) {
  const options = ['-v', 'error', '-count_packets', '-show_streams', '-show_format', '-of', 'json']
  const { stdout } = await execa('ffprobe', [...options, path])
  const { streams, format } = JSON.parse(stdout) as {
    readonly streams: readonly ProbedStream[]
    readonly format: { readonly duration?: string; readonly format_name: string }
  }
  const ofType = (type: string) => streams.find(({ codec_type }) => codec_type === type) ?? null
  return {
    video: ofType('video'),
    audio: ofType('audio'),
    streams,
    seconds: Number(format.duration),
  }
}

/** Times of the key pictures of a file, in seconds. */
export async function listKeyTimes(path: string): Promise<number[]> {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'packet=pts_time,flags']
  const { stdout } = await execa('ffprobe', ['-v', 'error', ...entries, '-of', 'csv=p=0', path])
  const lines = stdout.split('\n').map((line) => line.split(','))
  return lines.filter(([, flags]) => flags?.startsWith('K')).map(([time]) => Number(time))
}

/** The brightness of a spot of a picture or of a video at a time: mean luma of 8 × 8 pixels, 0 to 255. */
export async function measureLuma(
  path: string,
  { x, y, atSeconds = 0 }: { readonly x: number; readonly y: number; readonly atSeconds?: number },
): Promise<number> {
  const { stdout } = await execa(
    'ffmpeg',
    [
      ...['-v', 'error', '-ss', String(atSeconds), '-i', path, '-frames:v', '1'],
      ...['-vf', `scale=in_range=auto:out_range=pc,format=gray,crop=8:8:${x}:${y}`],
      ...['-f', 'rawvideo', 'pipe:1'],
    ],
    { encoding: 'buffer' },
  )
  return stdout.reduce((sum, value) => sum + value, 0) / Math.max(1, stdout.length)
}
