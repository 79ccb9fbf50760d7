interface Paging {
  readonly start?: string
  readonly count?: string
}

/** As many as the genuine server lists when nothing is said (runner protocol 1.3). */
const usualCount = 15

/** The part of a list that a query asks for. */
export function readPaging({ start = '0', count = String(usualCount) }: Paging): {
  readonly offset: number
  readonly limit: number
} {
  return { offset: Number(start), limit: Number(count) }
}

/**
 * A query whose lists are lists: `a=1&a=2`, `a[]=1`, `a[0]=1` and a single `a=1` are the same to the
 * protocol's clients.
 */
export function gatherLists(
  query: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const gathered: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(query)) {
    const [, name = key] = /^(\w+)\[\d*\]$/.exec(key) ?? []
    if (!names.includes(name)) gathered[key] = value
    else gathered[name] = [...asList(gathered[name]), ...asList(value)]
  }
  return gathered
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
