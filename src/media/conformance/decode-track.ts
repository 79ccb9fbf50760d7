import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inputArguments } from '../ffmpeg/input-arguments.ts'
import { spawnFfmpeg } from '../ffmpeg/run.ts'
import type { ResourceRef } from './hls/playlist.ts'
import type { Container, MeasuredTrack } from './measure/facts.ts'
import type { Source } from './source/source.ts'

export interface Decoding {
  /** Pictures that came out; null for sound, whose frames ffmpeg does not count. */
  readonly frames: number | null
  /** What the decoder complained about; empty when all went well. */
  readonly complaints: readonly string[]
}

const DEMUXERS: Partial<Record<Container, string>> = {
  fmp4: 'mov',
  ts: 'mpegts',
  'packed-audio': 'aac',
}

/**
 * Decodes a track from its first segment to its last with ffmpeg, in a scratch file of its own: so
 * ffmpeg opens nothing that the playlist names and needs no network. Null for what is not decoded
 * (text, encrypted, unknown).
 */
export async function decodeTrack(
  track: MeasuredTrack,
  source: Source,
  signal?: AbortSignal,
): Promise<Decoding | null> {
  const demuxer = DEMUXERS[track.container]
  if (demuxer === undefined || track.segments.length === 0) return null
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-check-'))
  try {
    const path = join(folder, 'track')
    const refs = [...(track.initRef ? [track.initRef] : []), ...track.segments]
    for (const ref of refs) await append(path, ref, source)
    const hasVideo = track.streams.some(({ kind }) => kind === 'video')
    const decoding = await decode(inputArguments({ kind: 'file', path }, demuxer), signal)
    return hasVideo ? decoding : { ...decoding, frames: null }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function append(path: string, ref: ResourceRef, source: Source): Promise<void> {
  const result = await source.read(ref.address, ref.range ?? undefined)
  // One that has gone since it was measured leaves a hole that the count of frames shows.
  if (result.ok) await appendFile(path, result.bytes)
}

async function decode(input: readonly string[], signal?: AbortSignal): Promise<Decoding> {
  let frames = 0
  const output = ['-map', '0:v?', '-map', '0:a?', '-fps_mode', 'passthrough', '-f', 'null', '-']
  const run = spawnFfmpeg([...input, ...output], {
    onProgress: (progress) => {
      frames = progress.frame ?? frames
    },
    ...(signal ? { signal } : {}),
  })
  const { ok, stderrTail } = await run.done
  const errors = stderrTail.filter((line) => /\[(error|fatal|panic)\]/.test(line))
  return { frames, complaints: ok || errors.length > 0 ? errors : ['ffmpeg could not decode it'] }
}
