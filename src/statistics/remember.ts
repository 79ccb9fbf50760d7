interface Kept<Value> {
  readonly value: Promise<Value>
  /** From then on it is read again. */
  untilMs: number
}

interface Memory {
  /** How old an answer may be. */
  readonly keptMs: number
  /** Where reading takes long an answer may be older, so that no more than this share of the time goes into it. */
  readonly shareOfTime?: number
}

/**
 * The function with a memory, one for each thing that it is asked about: however many people look, it
 * is called once in so long. A failure is forgotten at once.
 */
export function rememberFor<Subject extends object, Value>(
  { keptMs, shareOfTime = 1 }: Memory,
  read: (subject: Subject) => Promise<Value>,
): (subject: Subject) => Promise<Value> {
  const kept = new WeakMap<Subject, Kept<Value>>()
  return (subject) => {
    const known = kept.get(subject)
    if (known && performance.now() < known.untilMs) return known.value
    const begunMs = performance.now()
    const value = read(subject)
    // Nobody begins a second one before this one has ended.
    const entry: Kept<Value> = { value, untilMs: Number.POSITIVE_INFINITY }
    kept.set(subject, entry)
    value.then(
      () => {
        const tookMs = performance.now() - begunMs
        entry.untilMs = begunMs + Math.max(keptMs, tookMs / shareOfTime)
      },
      () => kept.delete(subject),
    )
    return value
  }
}
