import { toReelmillError } from '#errors/reelmill-error.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import { identifySource } from '#media/probe/demuxer.ts'
import { checkSize, type SourceLimits } from '#media/probe/limits.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { type OpenedSource, openFile } from '#media/probe/opened-source.ts'
import { verifyDecoding } from '#media/probe/verify-decoding.ts'
import { makeReadable } from './make-readable.ts'

export interface ProbeRequest {
  readonly source: OpenedSource
  /** An empty folder for a readable copy; the caller keeps or removes what is in it. */
  readonly scratch: string
  readonly limits: SourceLimits
  /** Also decodes all of it, which takes as long as it takes, and refuses what is damaged. */
  readonly verifies?: boolean
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
    checkSize(request.source.sizeBytes, request.limits)
    const result = await makeReadable(request, await identifySource(request.source))
    if (request.verifies) await verify(request, result)
    return result
  } catch (error) {
    throw toReelmillError(error)
  }
}

/** What will be read is what is decoded: the copy, where there is one. */
async function verify(request: ProbeRequest, { media, readablePath }: ProbeResult): Promise<void> {
  const { demuxer, durationSeconds, video, audio } = media
  const { input } = readablePath === null ? request.source : await openFile(readablePath)
  const streams = [...(video ? [video] : []), ...audio].map(({ index }) => index)
  await verifyDecoding({ source: input, demuxer, streams, durationSeconds }, request)
}

/** The same for a file of this machine; its name is not looked at. */
export async function probeFile({
  path,
  ...request
}: Omit<ProbeRequest, 'source'> & { readonly path: string }): Promise<ProbeResult> {
  return probeSource({ ...request, source: await openFile(path) })
}
