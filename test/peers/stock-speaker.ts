import { type ApiCall, callApi, UnexpectedStatus } from './stock-http.ts'
import type { StockHabits } from './stock-release.ts'

/** A call that was made, and how it ended. */
export interface StockCall {
  /** "/jobs/request" */
  readonly path: string
  /** null: no answer came. */
  readonly status: number | null
  readonly code: string | null
}

/** What a stock runner has said and noted, in order. */
export interface StockDiary {
  readonly calls: StockCall[]
  readonly notes: string[]
}

/** Speaks to one server, and keeps a diary of it. */
export interface StockSpeaker {
  readonly habits: StockHabits
  /** @throws UnexpectedStatus, or what the connection threw. */
  say(call: Omit<ApiCall, 'url'>): ReturnType<typeof callApi>
  note(text: string): void
}

interface Options {
  readonly url: string
  readonly habits: StockHabits
  readonly diary: StockDiary
  readonly onCall?: ((call: StockCall) => void) | undefined
}

export function createSpeaker({ url, habits, diary, onCall }: Options): StockSpeaker {
  const enter = (path: string, status: number | null, code: string | null) => {
    const call = { path, status, code }
    diary.calls.push(call)
    onCall?.(call)
  }
  return {
    habits,
    note: (text) => void diary.notes.push(text),
    say: async (call) => {
      try {
        const reply = await callApi({ ...call, url })
        enter(call.path, reply.status, null)
        return reply
      } catch (error) {
        if (error instanceof UnexpectedStatus) enter(call.path, error.status, error.code)
        else enter(call.path, null, null)
        diary.notes.push(`${call.path}: ${error instanceof Error ? error.message : String(error)}`)
        throw error
      }
    },
  }
}
