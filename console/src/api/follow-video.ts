import type { Video } from './client.ts'
import { addressOf } from './root.ts'

interface Listener {
  readonly onVideo: (video: Video) => void
  readonly onDeleted: () => void
}

const againMs = 3_000
/** Where the server has too many listeners for now, asking on and on would be calls without end. */
const mostAgainMs = 30_000

/**
 * Listens to what happens to one video, for who may not listen to all. A lost connection is made
 * again.
 *
 * @returns what ends it.
 */
export function followVideo(id: string, { onVideo, onDeleted }: Listener): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitMs = againMs
  function open(): void {
    source = new EventSource(addressOf(`api/v1/videos/${encodeURIComponent(id)}/events`))
    source.addEventListener('open', () => {
      waitMs = againMs
    })
    source.addEventListener('video', ({ data }) => onVideo(JSON.parse(String(data)) as Video))
    source.addEventListener('deleted', () => {
      source?.close()
      onDeleted()
    })
    source.addEventListener('error', () => {
      // A browser gives up where the server answers with an error, as a proxy does for one that restarts.
      if (source?.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, waitMs)
      waitMs = Math.min(2 * waitMs, mostAgainMs)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
