interface Kept<Value> {
  readonly value: Promise<Value>
  readonly atMs: number
}

/**
 * The function with a memory, one for each thing that it is asked about: however many people look, it
 * is called once in so long. A failure is forgotten at once.
 */
export function rememberFor<Subject extends object, Value>(
  keptMs: number,
  read: (subject: Subject) => Promise<Value>,
): (subject: Subject) => Promise<Value> {
  const kept = new WeakMap<Subject, Kept<Value>>()
  return (subject) => {
    const known = kept.get(subject)
    if (known && performance.now() - known.atMs < keptMs) return known.value
    const value = read(subject)
    kept.set(subject, { value, atMs: performance.now() })
    value.catch(() => kept.delete(subject))
    return value
  }
}
