/** Why nothing plays, for people. */
export interface PlayerFailure {
  readonly title: string
  readonly detail: string
  /** For a report: hls.js's name of it, or the media element's. */
  readonly code: string
}

/** What hls.js could not mend by itself: its own names of kind and detail. */
export interface StreamError {
  readonly type: string
  readonly details: string
  /** HTTP status of the answer that failed; 0: none came. */
  readonly status: number
}

/** What was tried since it last played. */
export interface Attempts {
  readonly recoveries: number
  readonly restarts: number
}

/** What to do about a fatal error. */
export type Verdict =
  | { readonly do: 'recover' }
  /** Again from the master playlist, at the same place, after a pause. */
  | { readonly do: 'restart'; readonly pauseMs: number }
  | { readonly do: 'give-up'; readonly failure: PlayerFailure }

const maxRecoveries = 2
const maxRestarts = 6
const firstPauseMs = 500

const unplayable = ['manifestIncompatibleCodecsError', 'bufferAddCodecError']

/**
 * Media errors are recovered from, as hls.js's documentation says, twice; then, and for what the
 * network did, it starts over, after pauses that double. Afterwards people are told.
 */
export function judgeError(error: StreamError, attempts: Attempts): Verdict {
  if (unplayable.includes(error.details)) return giveUp(notSupported(error.details))
  if (error.status === 404 || error.status === 410) return giveUp(notThere(error.details))
  if (error.type === 'mediaError' && attempts.recoveries < maxRecoveries) return { do: 'recover' }
  if (attempts.restarts < maxRestarts) {
    return { do: 'restart', pauseMs: firstPauseMs * 2 ** attempts.restarts }
  }
  return giveUp(error.type === 'networkError' ? notReached(error) : damaged(error.details))
}

/** The same of a media element that plays by itself (https://html.spec.whatwg.org/#mediaerror). */
export function judgeMediaError(code: number): PlayerFailure {
  const name = `MediaError ${code}`
  if (code === 2) return notReached({ details: name, status: 0 })
  return code === 4 ? notSupported(name) : damaged(name)
}

/** What plays it did not come: the network is away, or the server has a newer one since. */
export function judgeMissingProgram(error: unknown): PlayerFailure {
  return {
    title: 'The player could not be loaded',
    detail: 'Is the network there? After an update, loading the page again helps.',
    code: error instanceof Error ? error.message : String(error),
  }
}

function giveUp(failure: PlayerFailure): Verdict {
  return { do: 'give-up', failure }
}

function notSupported(code: string): PlayerFailure {
  const detail = 'None of the formats that it is kept in can be played here. Another browser may.'
  return { title: 'This browser cannot play the video', detail, code }
}

function notThere(code: string): PlayerFailure {
  const detail = 'It was removed, or it is not for everybody.'
  return { title: 'The video is not there', detail, code }
}

function notReached({ details, status }: Omit<StreamError, 'type'>): PlayerFailure {
  const detail = status > 0 ? `The server answered ${status}.` : 'Is the network there?'
  return { title: 'The video cannot be reached', detail, code: details }
}

function damaged(code: string): PlayerFailure {
  const detail = 'The browser could not decode it.'
  return { title: 'The video stopped', detail, code }
}
