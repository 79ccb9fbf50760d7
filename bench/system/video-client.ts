import { setTimeout as delay } from 'node:timers/promises'

/** What benches read of a video, as the API shows it. */
export interface VideoState {
  readonly id: string
  readonly state: string
  readonly playable: boolean
  readonly error?: { readonly message: string } | null
}

/** Has a file of this machine taken in; settles when the source is complete. */
export async function createVideo(server: string, path: string): Promise<VideoState> {
  const response = await fetch(`${server}/api/v1/videos`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: { path } }),
  })
  return read(response)
}

export async function readVideo(server: string, id: string): Promise<VideoState> {
  return read(await fetch(`${server}/api/v1/videos/${id}`))
}

export async function deleteVideo(server: string, id: string): Promise<void> {
  const response = await fetch(`${server}/api/v1/videos/${id}`, { method: 'DELETE' })
  if (!response.ok) throw new Error(`DELETE was answered ${response.status}`)
}

/** Waits until a video is in one of those states. Fails when it fails. */
export async function waitForState(
  server: string,
  id: string,
  states: readonly string[],
): Promise<VideoState> {
  for (;;) {
    const video = await readVideo(server, id)
    if (states.includes(video.state)) return video
    if (['failed', 'cancelled'].includes(video.state)) {
      throw new Error(`the video is ${video.state}: ${video.error?.message ?? 'no reason'}`)
    }
    await delay(50)
  }
}

async function read(response: Response): Promise<VideoState> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as VideoState
}
