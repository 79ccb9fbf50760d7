import { once } from 'node:events'
import { open, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { findHeld } from './peertube-calls.ts'
import { Refusal } from './peertube-problems.ts'
import type { PeertubeState, VideoFiles } from './peertube-state.ts'

interface Asked {
  readonly uuid: string
  readonly videoId: string
  /** "max-quality", "max-quality/audio", "thumbnails/max-quality", … */
  readonly what: string
  readonly body: object
}

/** Calls 17 to 21: the path of a file, after the checks (1.6). */
export function findFile(state: PeertubeState, { uuid, videoId, what, body }: Asked): string {
  const job = findHeld(state, { uuid, body, allowed: ['processing'] })
  const extra = Object.keys(body).filter((key) => !['runnerToken', 'jobToken'].includes(key))
  if (extra.length > 0) state.remarks.push(`a download with ${extra.join(', ')}`)
  const video = state.videos.get(videoId)
  if (!video) throw new Refusal(404, 'No such video')
  if (job.videoId !== videoId) throw new Refusal(403, 'Another video')
  const path = pickFile(video, what)
  if (path === undefined) throw new Refusal(400, 'No such file')
  return path
}

function pickFile(video: VideoFiles, what: string): string | undefined {
  const { video: pictures, audio } = video
  if (what === 'max-quality') return pictures ?? audio
  if (what === 'max-quality/audio') return audio ?? pictures
  if (/^(thumbnails|previews)\/max-quality$/.test(what)) return video.thumbnail
  const task = /^studio\/task-files\/([a-z0-9-]+\.[a-z0-9]{1,8})$/.exec(what)?.[1]
  return task === undefined ? undefined : video.tasks?.[task]
}

/** Sends a file in pieces of 4 kB, or as much of it as the faults let through. */
export async function sendFile(
  state: PeertubeState,
  path: string,
  response: ServerResponse,
): Promise<void> {
  if (state.fails('refusedDownloads')) throw new Refusal(503, 'Not now')
  const isTruncated = state.fails('truncatedDownloads')
  const isStalled = !isTruncated && state.fails('stalledDownloads')
  const { size } = await stat(path)
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size })
  const end = isTruncated || isStalled ? Math.floor(size / 2) : size
  const file = await open(path)
  try {
    for (let at = 0; at < end; at += 4096) {
      const piece = Buffer.alloc(Math.min(4096, end - at))
      await file.read(piece, 0, piece.length, at)
      if (!response.write(piece))
        await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
  } finally {
    await file.close()
  }
  if (isTruncated) response.destroy()
  else if (!isStalled) response.end()
}
