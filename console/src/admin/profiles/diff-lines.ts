/** A line of one text, of the other, or of both. */
export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new'
  readonly text: string
}

/**
 * What lies between two texts, line by line, with as many lines in common as there are. Profiles have
 * some hundred lines at most, so every pair may be looked at.
 */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const common = countCommon(a, b)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i] ?? '' })
      i += 1
      j += 1
    } else if (j === b.length || (i < a.length && at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ kind: 'gone', text: a[i] ?? '' })
      i += 1
    } else {
      lines.push({ kind: 'new', text: b[j] ?? '' })
      j += 1
    }
  }
  return lines
}

/** How many lines the rests of both texts have in common, from each pair of lines on. */
function countCommon(a: readonly string[], b: readonly string[]): readonly Uint32Array[] {
  const counts = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const isSame = a[i] === b[j]
      const row = counts[i]
      if (!row) continue
      row[j] = isSame
        ? at(counts, i + 1, j + 1) + 1
        : Math.max(at(counts, i + 1, j), at(counts, i, j + 1))
    }
  }
  return counts
}

function at(counts: readonly Uint32Array[], i: number, j: number): number {
  return counts[i]?.[j] ?? 0
}

/** The lines that differ with some around them; null stands for what is left out between. */
export function withContext(lines: readonly DiffLine[], around = 2): readonly (DiffLine | null)[] {
  const isNear = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - around), index + around + 1)
      .some(({ kind }) => kind !== 'same'),
  )
  return lines.flatMap((line, index) => {
    if (isNear[index]) return [line]
    const begins = index === 0 || isNear[index - 1]
    return begins ? [null] : []
  })
}
