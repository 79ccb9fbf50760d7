import { readAnswer, type SegmentUpload, UploadsAnswer } from './answers.ts'
import type { JobHolder } from './api.ts'
import { callServer, protocolPath } from './call.ts'
import { putDirect } from './put-direct.ts'
import { type Body, sendBody } from './send-body.ts'

/** A segment is checked and kept before it is answered for. */
const timeoutMs = 600_000

/** The calls by which a runner hands segments in, through the server or past it. */
export function createSegmentCalls(server: string, signal?: AbortSignal) {
  return {
    /** `part` is "init" or "segments/NUMBER". */
    handIn: (holder: JobHolder, track: string, part: string, bytes: Buffer) =>
      sendBody({
        method: 'PUT',
        url: new URL(pathOf(holder, track, part), server),
        headers: holderHeaders(holder),
        body: bodyOf(bytes),
        keepsAlive: true,
        answerMs: timeoutMs,
        signal,
      }),

    /** The segment is where `signUploads` said. */
    handInStaged: (holder: JobHolder, track: string, number: number) =>
      callServer(server, {
        method: 'PUT',
        path: pathOf(holder, track, `segments/${number}`),
        headers: holderHeaders(holder),
        body: { staged: true },
        expected: 204,
        timeoutMs,
        signal,
      }),

    signUploads: async (
      holder: JobHolder,
      track: string,
      wanted: { readonly first: number; readonly count: number },
    ): Promise<readonly SegmentUpload[]> => {
      const answer = await callServer(server, {
        method: 'POST',
        path: pathOf(holder, track, 'uploads'),
        headers: holderHeaders(holder),
        body: wanted,
        expected: 200,
        signal,
      })
      return readAnswer(UploadsAnswer, answer).uploads
    },

    /** Into the bucket, which gets nobody's tokens. */
    putDirect: (upload: SegmentUpload, bytes: Buffer) => putDirect(upload, bytes, signal),
  }
}

function bodyOf(bytes: Buffer): Body {
  const contentType = 'application/octet-stream'
  return { contentType, sizeBytes: bytes.length, read: () => [bytes] }
}

function pathOf({ uuid }: JobHolder, track: string, part: string): string {
  return `${protocolPath}/jobs/${uuid}/tracks/${track}/${part}`
}

/** The tokens of a job for calls whose body is bytes, or says nothing else. */
function holderHeaders({ runnerToken, jobToken }: JobHolder): Record<string, string> {
  return { 'x-runner-token': runnerToken, 'x-job-token': jobToken }
}
