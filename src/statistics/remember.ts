interface Kept<Value> {
  readonly value: Promise<Value>
  /** From then on it is read again. */
  untilMs: number
}

/** What is asked for again and again costs no more than this share of the time. */
const shareOfTime = 0.02

/**
 * The function with a memory, one for each thing that it is asked about: however many people look, it
 * is called once in so long, or even less often where it takes long. A failure is forgotten at once.
 */
export function rememberFor<Subject extends object, Value>(
  keptMs: number,
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
