import type { HookCallState } from '#database/tables.ts'

/** What is remembered of a video even when it is gone. */
export interface VideoInShort {
  readonly id: string
  readonly name: string
  readonly externalId: string | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** An event that a hook is told of. */
export interface HookEvent {
  /** Grows with time; of the table of events. */
  readonly id: number
  /** As `video.published`. */
  readonly type: string
  /** What the event says beside, as the number of the version. */
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Date
}

/** A call of a hook, as people see it. */
export interface HookCallView {
  readonly id: number
  readonly hook: string
  readonly event: HookEvent
  readonly videoId: string
  readonly state: HookCallState
  /** Begun until now. */
  readonly tries: number
  /** What the last try failed with. */
  readonly error: string | null
  /** Of a waiting one: when it is tried at the earliest, or that it may be under way until then. */
  readonly notBefore: Date
  readonly createdAt: Date
  readonly finishedAt: Date | null
}
