import type { Socket } from 'socket.io'
import type { RunnerRow } from '#runners/runner.ts'
import { type Call, type Listener, noteOfPing } from './choose-pings.ts'

type Known = Pick<RunnerRow, 'id' | 'encoders' | 'slots'>
type Entry = { -readonly [Field in keyof Listener]: Listener[Field] } & {
  readonly sockets: Set<Pick<Socket, 'emit'>>
}

/** The runners that are connected to this process, and what they showed of themselves. */
export interface Roster {
  readonly add: (runner: Known, socket: Pick<Socket, 'emit'>) => void
  readonly remove: (runnerId: number, socket: Pick<Socket, 'emit'>) => void
  readonly list: () => readonly Listener[]
  /** A runner asked, and was answered what waited at `atMs` of these types. */
  readonly noteAsked: (runner: Known, jobTypes: readonly string[], atMs: number) => void
  /** Tells a runner that there is work, and notes it. */
  readonly ping: (listener: Listener, call: Call) => void
  /** Lets all of them ask, whatever they heard before. */
  readonly callAll: () => void
}

/** Nobody is connected yet. Runners may have several sockets, as when one has died unnoticed. */
export function createRoster(): Roster {
  const entries = new Map<number, Entry>()
  return {
    add: (runner, socket) => {
      const entry = entries.get(runner.id) ?? newEntry(runner)
      entries.set(runner.id, entry)
      entry.sockets.add(socket)
    },
    remove: (runnerId, socket) => {
      const entry = entries.get(runnerId)
      entry?.sockets.delete(socket)
      if (entry?.sockets.size === 0) entries.delete(runnerId)
    },
    list: () => [...entries.values()],
    noteAsked: ({ id, encoders, slots }, jobTypes, atMs) => {
      const entry = entries.get(id)
      if (entry) Object.assign(entry, { encoders, slots, jobTypes, askedAtMs: atMs })
    },
    ping: (listener, call) => {
      const entry = entries.get(listener.runnerId)
      if (!entry) return
      Object.assign(entry, noteOfPing(entry, call))
      for (const socket of entry.sockets) socket.emit('available-jobs')
    },
    callAll: () => {
      for (const { sockets } of entries.values()) {
        for (const socket of sockets) socket.emit('available-jobs')
      }
    },
  }
}

function newEntry({ id, encoders, slots }: Known): Entry {
  return {
    runnerId: id,
    encoders,
    slots,
    jobTypes: null,
    askedAtMs: Number.NEGATIVE_INFINITY,
    pingedAtMs: Number.NEGATIVE_INFINITY,
    heldAtPing: 0,
    vainPings: 0,
    reminders: 0,
    sockets: new Set(),
  }
}
