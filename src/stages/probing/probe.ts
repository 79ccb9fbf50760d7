import { stat } from 'node:fs/promises'
import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import { identifyDemuxer } from '#media/probe/demuxer.ts'
import { checkSize, type SourceLimits } from '#media/probe/limits.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { makeReadable } from './make-readable.ts'

export interface ProbeRequest {
  /** The source; its name is not looked at. */
  readonly path: string
  /** An empty folder for a readable copy; the caller keeps or removes what is in it. */
  readonly scratch: string
  readonly limits: SourceLimits
  readonly signal?: AbortSignal
  readonly programs?: Programs
}

export interface ProbeResult {
  /** Describes the readable copy where there is one: its demuxer, stream indices and times. */
  readonly media: MediaInfo
  /** The copy to be read instead of the source, in `scratch`; null: read the source itself. */
  readonly readablePath: string | null
}

/**
 * Finds out what a source is and how it can be read, with proof. Throws ReelmillError only: one of
 * the `source_…` codes with a sentence for the owner, `ffmpeg_…`, `cancelled` or `disk_full`.
 */
export async function probeSource(request: ProbeRequest): Promise<ProbeResult> {
  try {
    const sizeBytes = await readSize(request.path)
    checkSize(sizeBytes, request.limits)
    const demuxer = await identifyDemuxer(request.path)
    return await makeReadable(request, demuxer, sizeBytes)
  } catch (error) {
    throw toReelmillError(error)
  }
}

async function readSize(path: string): Promise<number> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new ReelmillError('source_not_found', undefined, { cause })
  })
  if (!stats.isFile()) throw new ReelmillError('source_unreadable', 'The source is not a file.')
  return stats.size
}
