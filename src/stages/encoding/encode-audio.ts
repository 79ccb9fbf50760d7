import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { aacFrameSamples } from '#jobs/audio-grid.ts'
import type { AudioPayload, AudioRendition } from '#jobs/payload.ts'
import { readFragments } from '#media/boxes/fragment-stream.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { writeInit } from '#media/boxes/write-init.ts'
import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { spawnFfmpeg } from '#media/ffmpeg/run.ts'
import { buildAudioArguments } from './audio-arguments.ts'
import { AudioCutter } from './audio-cutter.ts'
import type { Work, WorkContext } from './work.ts'

type AudioContext = WorkContext<{ readonly type: 'vod-audio-encoding' } & AudioPayload>

/** A decoder and encoder of sound slower than this share of real time hangs. */
const slowestShareOfRealTime = 0.5

/**
 * Encodes whole tracks of sound, each once: a track cut into chunks would have a gap and priming at
 * every join. Segments are handed in as they become whole, so the beginning is there at once.
 */
export const encodeAudio: Work<AudioContext['payload']> = async (context) => {
  const { payload, source, signal, programs, report } = context
  const stop = new AbortController()
  const run = spawnFfmpeg(buildAudioArguments(payload, source), {
    pipes: payload.renditions.length,
    signal: AbortSignal.any([signal, stop.signal]),
    timeoutMs: Math.min(
      2 ** 31 - 1,
      120_000 + (payload.durationSeconds * 1000) / slowestShareOfRealTime,
    ),
    network: source.kind === 'http',
    programs,
    onProgress: ({ outTimeSeconds }) =>
      report(Math.min(1, Math.max(0, outTimeSeconds ?? 0) / payload.durationSeconds)),
  })
  const collected = payload.renditions.map((rendition, index) =>
    collectTrack(context, rendition, run.pipes[index]),
  )
  try {
    const segments = await Promise.all(collected)
    const outcome = await run.done
    if (!outcome.ok) throw toFfmpegError(outcome, 'Encoding the sound')
    if (segments.some(([, count]) => count === 0)) {
      throw new ReelmillError('source_damaged', 'The sound of the file could not be decoded.', {
        details: { ffmpeg: outcome.stderrTail },
      })
    }
    return {
      cpuSeconds: outcome.cpuSeconds,
      wallSeconds: outcome.durationMs / 1000,
      peakMemoryBytes: outcome.peakMemoryBytes,
      segments: Object.fromEntries(segments),
    }
  } catch (error) {
    stop.abort()
    const outcome = await run.done
    await Promise.allSettled(collected)
    throw signal.aborted || error instanceof ReelmillError
      ? error
      : toFfmpegError(outcome, 'Encoding the sound')
  }
}

async function collectTrack(
  { payload, handIn }: AudioContext,
  rendition: AudioRendition,
  pipe: Readable | undefined,
): Promise<[track: string, segments: number]> {
  if (!pipe) throw new TypeError('a pipe for each rendition was asked for')
  const track = rendition.name
  let cutter: AudioCutter | null = null
  let segments = 0
  const send = async (pieces: Iterable<Buffer>): Promise<void> => {
    for (const bytes of pieces) {
      await handIn.segment(track, segments, bytes)
      segments += 1
    }
  }
  for await (const part of readFragments(pipe)) {
    if (part.kind === 'init') {
      const init = writeInit(part.bytes, {
        leadTicks: aacFrameSamples,
        language: rendition.language,
      })
      await handIn.init(track, init)
      cutter = new AudioCutter(parseInit(init), payload.segmentSeconds)
    } else if (cutter) {
      await send(cutter.add(part.bytes))
    }
  }
  if (cutter) await send(cutter.end())
  return [track, segments]
}
