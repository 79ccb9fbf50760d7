import { randomUUID } from 'node:crypto'
import { forgetServer, noteServer } from '#servers/note-server.ts'
import { takeSample } from '#statistics/take-sample.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import type { Parts } from './parts.ts'

/** A server's part in telling how things stand: it says that it is there, and samples figures. */
export interface Statistician {
  /** To be called every 30 s: twice a minute, so that none is left out. */
  readonly tick: () => Promise<void>
  readonly end: () => Promise<void>
}

/** Every server has one; rows decide whose sample counts. */
export function keepStatistics({ database, config, log }: Parts): Statistician {
  const id = randomUUID()
  return {
    tick: async () => {
      await noteServer(database, { id, url: baseUrlOf(config) })
      await takeSample(database)
    },
    // The database may be what ended first; then the note grows old.
    end: () =>
      forgetServer(database, id).catch((error: unknown) =>
        log.debug({ err: error }, 'the end of this server could not be noted'),
      ),
  }
}
