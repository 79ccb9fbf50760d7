import { execa } from 'execa'

interface RawStream {
  readonly codec_type: string
  readonly codec_name?: string
  readonly width?: number
  readonly height?: number
  readonly avg_frame_rate?: string
  readonly r_frame_rate?: string
  readonly pix_fmt?: string
  readonly bit_rate?: string
  readonly channel_layout?: string
  readonly channels?: number
  readonly side_data_list?: readonly { readonly rotation?: number }[]
}

/** What the stock runner reads of an input. */
export interface StockProbe {
  readonly durationSeconds: number
  readonly video: {
    readonly codec: string
    /** As shown. */
    readonly width: number
    readonly height: number
    readonly fps: number
    readonly pixelFormat: string
    /** Bits a second; 0 when unknown. */
    readonly bitRate: number
  } | null
  readonly audio: {
    readonly codec: string
    readonly layout: string | null
    /** Bits a second; null when unknown. */
    readonly bitRate: number | null
  } | null
}

/** Probes as the stock runner does (runner protocol 5.8). */
export async function probe(path: string): Promise<StockProbe> {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-show_chapters', '-of', 'json']
  const { stdout } = await execa('ffprobe', [...args, path])
  const { streams, format } = JSON.parse(stdout) as {
    readonly streams: readonly RawStream[]
    readonly format: { readonly duration?: string; readonly bit_rate?: string }
  }
  const video = streams.find((stream) => stream.codec_type === 'video')
  const audio = streams.find((stream) => stream.codec_type === 'audio')
  return {
    durationSeconds: Number(format.duration ?? 0),
    video: video ? readVideo(video, Number(format.bit_rate ?? 0)) : null,
    audio: audio
      ? {
          codec: audio.codec_name ?? '',
          layout: audio.channel_layout ?? null,
          bitRate: audio.bit_rate === undefined ? null : Number(audio.bit_rate),
        }
      : null,
  }
}

function readVideo(video: RawStream, bitRateOfAll: number): NonNullable<StockProbe['video']> {
  const { width = 0, height = 0 } = video
  const rotation = video.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0
  const isTurned = Math.abs(rotation) % 180 === 90
  return {
    codec: video.codec_name ?? '',
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    fps: readRatio(video.avg_frame_rate) || readRatio(video.r_frame_rate),
    pixelFormat: video.pix_fmt ?? '',
    bitRate: Number(video.bit_rate ?? bitRateOfAll),
  }
}

function readRatio(text = '0/1'): number {
  const [numerator = 0, denominator = 1] = text.split('/').map(Number)
  return denominator === 0 ? 0 : numerator / denominator
}
