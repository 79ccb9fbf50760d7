import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ChunkPayload, VideoRendition } from '#jobs/payload.ts'
import { readFragments } from '#media/boxes/fragment-stream.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { writeInit } from '#media/boxes/write-init.ts'
import { type Outcome, toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { buildChunkArguments } from './chunk-arguments.ts'
import { describeInit } from './expect-init.ts'
import { type Receiver, runEncoder } from './run-encoder.ts'
import { SegmentCollector } from './segment-collector.ts'
import { estimateLimitMs } from './time-limit.ts'
import type { Work, WorkContext, WorkResult } from './work.ts'

type ChunkContext = WorkContext<{ readonly type: 'vod-chunk-encoding' } & ChunkPayload>

/** What came out of one rendition's pipe. */
interface Encoded {
  readonly track: string
  readonly frames: number
  readonly segments: number
}

/**
 * Encodes a chunk: one decode, all renditions at once, each segment handed in as soon as it is
 * whole. Fails with `source_ends_early` when the source holds fewer pictures than were counted, and
 * with `source_damaged` when none could be decoded.
 */
export const encodeChunk: Work<ChunkContext['payload']> = async (context) => {
  const { payload, source, threads } = context
  const { outcome, collected } = await runEncoder(context, {
    args: buildChunkArguments(payload, source, threads),
    renditions: payload.renditions,
    collect: (rendition, ...reading) => collectRendition(payload, rendition, ...reading),
    timeoutMs: estimateLimitMs(payload),
    onProgress: ({ frame }) => context.report(measureProgress(payload, frame)),
    doing: 'Encoding',
  })
  if (!outcome.ok) throw explainFailure(outcome, collected)
  requireFrames(payload, collected, outcome)
  return summarize(outcome, collected)
}

async function collectRendition(
  payload: ChunkContext['payload'],
  rendition: VideoRendition,
  pipe: Readable,
  receiver: Receiver,
): Promise<Encoded> {
  const track = rendition.name
  let init: Buffer | null = null
  let collector: SegmentCollector | null = null
  let segments = 0
  const send = async (segment: ReturnType<SegmentCollector['add']>): Promise<void> => {
    if (!segment) return
    await receiver.segment(track, segment.number, segment.bytes)
    segments += 1
  }
  for await (const part of readFragments(pipe)) {
    if (part.kind === 'init') {
      init = part.bytes
      continue
    }
    if (!init) throw new ReelmillError('ffmpeg_failed', 'ffmpeg wrote a fragment before its init.')
    if (!collector) {
      const described = describeInit(payload, track)
      await receiver.init(track, writeInit(init, described))
      const { leadTicks } = described
      const place = { grid: payload.grid, ...payload.chunk, leadTicks }
      collector = new SegmentCollector(parseInit(init), place)
    }
    await send(collector.add(part.bytes))
  }
  const rest = collector?.end() ?? null
  if (rest && (await receiver.isWhole())) await send(rest)
  return { track, frames: collector?.frames ?? 0, segments }
}

/** 0 to 1; of a chunk whose length nobody knows nothing can be said. */
function measureProgress({ chunk }: ChunkPayload, frame: number): number {
  return chunk.frames === null ? 0 : Math.min(1, frame / (chunk.frames + chunk.tailFrames))
}

/** ffmpeg ended badly: nothing decoded is the file's fault, anything else is looked at by people. */
function explainFailure(outcome: Outcome, encoded: readonly Encoded[]): ReelmillError {
  const gotSome = encoded.some(({ frames }) => frames > 0)
  if (gotSome || outcome.timedOut || outcome.signal !== null)
    return toFfmpegError(outcome, 'Encoding')
  return new ReelmillError('source_damaged', undefined, { details: { ffmpeg: outcome.stderrTail } })
}

function requireFrames(
  { chunk }: ChunkPayload,
  encoded: readonly Encoded[],
  { stderrTail }: Outcome,
): void {
  const fewest = Math.min(...encoded.map(({ frames }) => frames))
  if (chunk.frames !== null && fewest < chunk.frames) {
    throw new ReelmillError('source_ends_early', undefined, {
      details: { expectedFrames: chunk.frames, frames: fewest, ffmpeg: stderrTail },
    })
  }
  if (fewest === 0) {
    throw new ReelmillError('source_damaged', undefined, { details: { ffmpeg: stderrTail } })
  }
}

function summarize(outcome: Outcome, encoded: readonly Encoded[]): WorkResult {
  return {
    cpuSeconds: outcome.cpuSeconds,
    wallSeconds: outcome.durationMs / 1000,
    peakMemoryBytes: outcome.peakMemoryBytes,
    segments: Object.fromEntries(encoded.map(({ track, segments }) => [track, segments])),
  }
}
