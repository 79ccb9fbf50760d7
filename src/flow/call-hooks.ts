import {
  type ClaimedCall,
  claimHookCall,
  readNextDue,
  renewClaim,
  renewClaimEveryMs,
} from '#hooks/claim-call.ts'
import type { HookEvent, VideoInShort } from '#hooks/hook-call.ts'
import { type HookRegistration, registerHooks } from '#hooks/register.ts'
import { completeHookCall, postponeHookCall } from '#hooks/settle-call.ts'
import type { Parts } from './parts.ts'

/** What a hook is told. */
export interface HookCall {
  /** The same for every try of one call, and for no other: what was done under it is done. */
  readonly key: string
  readonly event: HookEvent
  /** The video as it was when the event happened; it may be gone. */
  readonly was: VideoInShort
  /** 1 at first, one more after each try that threw or whose process died. */
  readonly attempt: number
}

/** A function of the application that is told of events. */
export interface Hook extends HookRegistration {
  /** Done when it returns; a throw is a failed try, and nothing else. */
  readonly call: (call: HookCall) => unknown
}

/** Of one hook: calls of it that never return keep no other hook waiting. */
const atOnce = 8
const registerEveryMs = 60_000
/** Also without a word: a call of a process that died is met again. */
const lookEveryMs = 30_000
const closeWithinMs = 10_000

/**
 * Makes the calls of these hooks from now on, in this process: each once, unless it throws or the
 * process dies in the middle of it. A claim keeps other processes that have the same hook away.
 *
 * @returns a function that takes no more calls, and waits up to 10 s for those under way.
 */
export async function startCallingHooks(
  parts: Parts,
  hooks: readonly Hook[],
): Promise<() => Promise<void>> {
  if (hooks.length === 0) return async () => undefined
  await registerHooks(parts.database, hooks)
  const caller = new HookCaller(parts, hooks)
  const stopListening = parts.notifications.on('hooks', () => caller.wake())
  const registering = setInterval(() => {
    registerHooks(parts.database, hooks).catch((error: unknown) => {
      parts.log.warn({ err: error }, 'it could not be said that hooks are still there')
    })
  }, registerEveryMs)
  caller.wake()
  return async () => {
    clearInterval(registering)
    stopListening()
    await caller.close()
  }
}

class HookCaller {
  readonly #parts: Parts
  readonly #hooks: ReadonlyMap<string, Hook>
  /** Under way, with the hook of each. */
  readonly #running = new Map<Promise<void>, string>()
  #timer: NodeJS.Timeout | undefined
  #looking = false
  #again = false
  #closed = false

  constructor(parts: Parts, hooks: readonly Hook[]) {
    this.#parts = parts
    this.#hooks = new Map(hooks.map((hook) => [hook.name, hook]))
  }

  /** Looks for calls that are due; a wish that comes while it looks is met afterwards. */
  wake(): void {
    this.#again = true
    if (this.#looking || this.#closed) return
    this.#looking = true
    void this.#look().finally(() => {
      this.#looking = false
      if (this.#again) this.wake()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, closeWithinMs)
    await Promise.race([Promise.all(this.#running.keys()), late.promise])
    clearTimeout(timer)
  }

  async #look(): Promise<void> {
    const { database, log } = this.#parts
    this.#again = false
    clearTimeout(this.#timer)
    try {
      let names = this.#namesWithRoom()
      while (names.length > 0 && !this.#closed) {
        const call = await claimHookCall(database, names)
        if (!call) break
        this.#begin(call)
        names = this.#namesWithRoom()
      }
      // Where no hook has room, the end of a call wakes it.
      if (names.length === 0) return
      const due = await readNextDue(database, names)
      this.#wakeIn(Math.min(lookEveryMs, due?.inMs ?? lookEveryMs))
    } catch (error) {
      log.warn({ err: error }, 'hooks could not be looked for; next time again')
      this.#wakeIn(lookEveryMs)
    }
  }

  #namesWithRoom(): string[] {
    const running = [...this.#running.values()]
    return [...this.#hooks.keys()].filter(
      (name) => running.filter((each) => each === name).length < atOnce,
    )
  }

  #wakeIn(ms: number): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => this.wake(), Math.max(ms, 20))
  }

  #begin(call: ClaimedCall): void {
    const running = this.#run(call).finally(() => {
      this.#running.delete(running)
      this.wake()
    })
    this.#running.set(running, call.hook)
  }

  async #run(claimed: ClaimedCall): Promise<void> {
    const { database, log } = this.#parts
    const about = { hook: claimed.hook, event: claimed.event.type, videoId: claimed.video.id }
    const renewing = setInterval(() => {
      renewClaim(database, claimed).catch((error: unknown) => {
        log.warn({ err: error, ...about }, 'it could not be said that a hook is still running')
      })
    }, renewClaimEveryMs)
    try {
      const failure = await this.#call(claimed)
      if (failure === null) return await completeHookCall(database, claimed)
      const again = await postponeHookCall(database, claimed, failure.message)
      log.warn(
        { err: failure.error, ...about, attempt: claimed.tries, againInMs: again },
        again === null ? 'a hook failed for the last time' : 'a hook failed and is called again',
      )
    } catch (error) {
      // Its lease ends, and it is called again: better twice than never.
      log.error({ err: error, ...about }, 'it could not be written down how a hook ended')
    } finally {
      clearInterval(renewing)
    }
  }

  /** null when it returned. What it throws is its own affair: neither job nor video know of it. */
  async #call(claimed: ClaimedCall): Promise<{ message: string; error: unknown } | null> {
    const { hook, event, video: was, tries } = claimed
    try {
      const key = `${event.id}:${hook}`
      await this.#hooks.get(hook)?.call({ key, event, was, attempt: tries })
      return null
    } catch (error) {
      return { message: error instanceof Error ? error.message : String(error), error }
    }
  }
}
