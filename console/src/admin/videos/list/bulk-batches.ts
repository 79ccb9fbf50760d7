import type { Video } from '../../../api/client.ts'

export type BulkAction = 'cancel' | 'retry' | 'delete'

/** A video that could not be done, and why. */
export interface Refused {
  readonly id: string
  readonly name: string
  readonly reason: string
}

/** What was asked for, and what of it was refused. */
export interface BulkReport {
  readonly action: BulkAction
  readonly done: number
  readonly refused: readonly Refused[]
}

type Ask = (body: { action: BulkAction; ids: string[] }) => Promise<{
  readonly results: readonly {
    readonly id: string
    readonly success: boolean
    readonly error?: string | null
  }[]
}>

/** Videos of one call (the API takes no more). */
const batchSize = 100

/**
 * Asks for as many at once as may be. Where a later call fails, what was done before it is told all
 * the same, and the rest with why it was not.
 *
 * @throws what the first call did: then nothing is known to be done.
 */
export async function askInBatches(
  action: BulkAction,
  videos: readonly Pick<Video, 'id' | 'name'>[],
  ask: Ask,
): Promise<BulkReport> {
  const names = new Map(videos.map(({ id, name }) => [id, name]))
  const ids = [...names.keys()]
  const refused: Refused[] = []
  const refuse = (id: string, reason: string) =>
    refused.push({ id, name: names.get(id) ?? id, reason })
  for (let at = 0; at < ids.length; at += batchSize) {
    const batch = ids.slice(at, at + batchSize)
    try {
      const { results } = await ask({ action, ids: batch })
      for (const { id, success, error } of results) if (!success) refuse(id, error ?? '')
    } catch (error) {
      if (at === 0) throw error
      for (const id of batch) refuse(id, error instanceof Error ? error.message : String(error))
      for (const id of ids.slice(at + batchSize)) refuse(id, 'Not tried after that.')
      break
    }
  }
  return { action, done: ids.length - refused.length, refused }
}
