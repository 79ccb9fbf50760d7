/** Prints one JSON document on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** Prints rows as columns, the first row being their heads; nothing when there are only heads. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  if (rows.length > 1) process.stdout.write(`${lines.join('\n')}\n`)
}

/** What others say or are called may hold anything; on a terminal it must not move the cursor. */
export function oneLine(text: string, longest = 200): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, longest)
}
