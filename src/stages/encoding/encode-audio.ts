import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AudioPayload, AudioRendition } from '#jobs/payload.ts'
import { readFragments } from '#media/boxes/fragment-stream.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { writeInit } from '#media/boxes/write-init.ts'
import { toFfmpegError } from '#media/ffmpeg/outcome.ts'
import {
  buildAudioArguments,
  buildDecodedArguments,
  buildDecoderArguments,
} from './audio-arguments.ts'
import { AudioCutter, SoundClockBroken } from './audio-cutter.ts'
import { describeInit } from './expect-init.ts'
import { type Receiver, runEncoder } from './run-encoder.ts'
import type { Work, WorkContext, WorkResult } from './work.ts'

type AudioContext = WorkContext<{ readonly type: 'vod-audio-encoding' } & AudioPayload>

/** A decoder and encoder of sound slower than this share of real time hangs. */
const slowestShareOfRealTime = 0.5

/** How ffmpeg is run: alone, or with one in front that decodes for it. */
type Way = Pick<Parameters<typeof runEncoder>[1], 'args' | 'decoder'>

/**
 * Encodes whole tracks of sound, each once: a track cut into chunks would have a gap and priming at
 * every join. Segments are handed in as they become whole, so the beginning is there at once.
 *
 * Sound whose rate or channels change in the middle, as between the programmes of a recording, is
 * begun again with a decoder in front: filters that are built anew there take the time for 0.
 */
export const encodeAudio: Work<AudioContext['payload']> = async (context) => {
  const { payload, source } = context
  try {
    return await encode(context, { args: buildAudioArguments(payload, source) })
  } catch (error) {
    if (!(error instanceof SoundClockBroken)) throw error
    const decoder = buildDecoderArguments(payload, source)
    return encode(context, { args: buildDecodedArguments(payload), decoder })
  }
}

async function encode(context: AudioContext, way: Way): Promise<WorkResult> {
  const { payload } = context
  const { durationSeconds } = payload
  const { outcome, collected } = await runEncoder(context, {
    ...way,
    renditions: payload.renditions,
    collect: (rendition, ...reading) => collectTrack(payload, rendition, ...reading),
    timeoutMs: Math.min(2 ** 31 - 1, 120_000 + (durationSeconds * 1000) / slowestShareOfRealTime),
    onProgress: ({ outTimeSeconds }) =>
      context.report(Math.min(1, Math.max(0, outTimeSeconds ?? 0) / durationSeconds)),
    doing: 'Encoding the sound',
  })
  if (!outcome.ok) throw toFfmpegError(outcome, 'Encoding the sound')
  if (collected.some(([, segments]) => segments === 0)) {
    throw new ReelmillError('source_damaged', 'The sound of the file could not be decoded.', {
      details: { ffmpeg: outcome.stderrTail },
    })
  }
  return {
    cpuSeconds: outcome.cpuSeconds,
    wallSeconds: outcome.durationMs / 1000,
    peakMemoryBytes: outcome.peakMemoryBytes,
    segments: Object.fromEntries(collected),
  }
}

async function collectTrack(
  payload: AudioContext['payload'],
  rendition: AudioRendition,
  pipe: Readable,
  receiver: Receiver,
): Promise<[track: string, segments: number]> {
  const track = rendition.name
  const most = payload.segmentsAtMost ?? Number.POSITIVE_INFINITY
  let cutter: AudioCutter | null = null
  let segments = 0
  const send = async (pieces: Iterable<Buffer>): Promise<void> => {
    for (const bytes of pieces) {
      if (segments >= most) return
      await receiver.segment(track, segments, bytes)
      segments += 1
    }
  }
  for await (const part of readFragments(pipe)) {
    if (part.kind === 'init') {
      const init = writeInit(part.bytes, describeInit(payload, track))
      await receiver.init(track, init)
      cutter = new AudioCutter(parseInit(init), payload.segmentSeconds)
    } else if (cutter) {
      await send(cutter.add(part.bytes))
    }
  }
  if (cutter && (await receiver.isWhole())) await send(cutter.end())
  return [track, segments]
}
