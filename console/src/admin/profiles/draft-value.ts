/** A profile while it is edited: JSON that may be wrong anywhere. */
export type DraftValue = Readonly<Record<string, unknown>>

/** The way to a field: ['video', 0, 'height']. */
export type FieldPath = readonly (string | number)[]

/** What stands at a path; undefined where nothing does. */
export function valueAt(draft: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    draft,
  )
}

/** The draft with something else at a path; undefined removes the field, and an object that it leaves empty. */
export function withValue(draft: DraftValue, path: FieldPath, value: unknown): DraftValue {
  const [key, ...rest] = path
  if (key === undefined) return draft
  const next = rest.length === 0 ? value : setInside(draft[key], rest, value)
  const isGone = next === undefined || (rest.length > 0 && isEmpty(next))
  if (!isGone) return { ...draft, [key]: next }
  return Object.fromEntries(Object.entries(draft).filter(([name]) => name !== String(key)))
}

function setInside(inner: unknown, path: FieldPath, value: unknown): unknown {
  if (!Array.isArray(inner)) return withValue(toObject(inner), path, value)
  const [index, ...rest] = path
  return inner.map((entry: unknown, at) => {
    if (at !== index) return entry
    return rest.length === 0 ? value : withValue(toObject(entry), rest, value)
  })
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value ?? {}).length === 0
}

function toObject(value: unknown): DraftValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as DraftValue)
    : {}
}

/** The path as problems name it: "/video/0/height". */
export function pointerOf(path: FieldPath): string {
  return path.map((key) => `/${key}`).join('')
}

/** The rows of the ladder, whatever else is wrong with it. */
export function rungsOf(draft: DraftValue): readonly DraftValue[] {
  const { video } = draft
  return Array.isArray(video) ? video.map(toObject) : []
}

/** The draft with other rows. */
export function withRungs(draft: DraftValue, rungs: readonly DraftValue[]): DraftValue {
  return { ...draft, video: rungs }
}

/** A list with the entry of one place at another. */
export function moveEntry<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const entry = list[from]
  if (entry === undefined || to < 0 || to >= list.length) return list
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}

/** A profile as text: what is saved, and what differences are of. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
