import { client, read } from '../../api/client.ts'
import type { Tell } from '../../ui/toasts.tsx'
import type { UploadQueue } from './queue.ts'

/** Opens what sends uploads when it is needed first: who only watches never loads it. */
export interface QueueOpener {
  readonly open: () => Promise<UploadQueue>
  readonly close: () => void
}

/** An opener of the queue of somebody; `id` tells whose uploads are kept on this device. */
export function createOpener(id: string, sourceMaxBytes: number, tell: Tell): QueueOpener {
  let opening: Promise<UploadQueue> | null = null
  const rename = async (videoId: string, name: string): Promise<void> => {
    try {
      const params = { path: { id: videoId } }
      await read(client.PATCH('/api/v1/videos/{id}', { params, body: { name } }))
    } catch (error) {
      tell.bad('The title was not changed.', error)
    }
  }
  const load = async () => {
    const { UploadQueue } = await import('./queue.ts')
    const onRefused = (sentence: string) => tell.bad(sentence)
    return UploadQueue.open({ id, sourceMaxBytes, onRefused, rename })
  }
  return {
    open: () => (opening ??= load()),
    close: () => {
      void opening?.then((queue) => queue.close())
      opening = null
    },
  }
}
