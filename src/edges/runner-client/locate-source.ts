import { access, constants } from 'node:fs/promises'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { isKnownDemuxer } from '#media/probe/demuxer.ts'
import type { SourceLocation } from '#stages/encoding/work.ts'
import type { AcceptedJob } from './answers.ts'

const SourcePayload = Type.Object({
  input: Type.Object({
    url: Type.String(),
    /** Pinned for ffmpeg, which would show any file as a picture if it were told to. */
    demuxer: Type.Refine(Type.String(), isKnownDemuxer),
    /** The file itself, when server and runner share a machine. */
    path: Type.Optional(Type.String()),
    /** Where the bucket itself serves it, signed for a while. */
    storageUrl: Type.Optional(Type.String({ pattern: '^https?://' })),
  }),
})

/** A bucket that is in another network than this runner shows it soon. */
const answerMs = 5000

interface Place {
  readonly server: string
  readonly readsInPlace: boolean
}

/**
 * Where the source can be read, the best first: the file itself where the server started this runner;
 * the bucket's own address where this runner reaches it; the server's address. Only the path of that
 * is used: this runner reaches the server by a name that may not be the public one.
 *
 * @throws ReelmillError `runner_failed` for a payload that does not say so, or in no known way.
 */
export async function locateSource(
  { server, readsInPlace }: Place,
  { payload }: AcceptedJob,
): Promise<readonly [SourceLocation, ...SourceLocation[]]> {
  if (!Value.Check(SourcePayload, payload)) {
    throw new ReelmillError('runner_failed', 'The job does not say where and what its source is.')
  }
  const { url, path, storageUrl } = payload.input
  // Any other server could name files of this machine that are none of its business.
  if (readsInPlace && path !== undefined && (await isReadable(path)))
    return [{ kind: 'file', path }]
  // Set, not resolved: a path that begins with "//" would name another host.
  const location = new URL(server)
  location.pathname = new URL(url, server).pathname
  const throughServer = { kind: 'http', url: location.href } as const
  if (storageUrl === undefined || !(await answers(storageUrl))) return [throughServer]
  return [{ kind: 'http', url: storageUrl }, throughServer]
}

async function isReadable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK)
    return true
  } catch {
    // Another machine's path, or another user's: the server's address remains.
    return false
  }
}

/** Whether the address gives ranges to this very machine. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      headers: { range: 'bytes=0-0' },
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    })
    await response.body?.cancel()
    return response.status === 206
  } catch {
    // Out of reach, or too slow to be of use: the server's address remains.
    return false
  }
}
