const keptCharacters = 1000
const keptTags = 50

/**
 * Text out of a file, as it may be kept: no control characters (PostgreSQL refuses NUL in JSON), one
 * line, bounded. null when nothing is left.
 */
export function cleanText(text: string | null): string | null {
  if (text === null) return null
  const clean = text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim()
    .slice(0, keptCharacters)
  return clean === '' ? null : clean
}

/** Tags as text, the first 50 of them. */
export function cleanTags(tags: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept = Object.entries(tags)
    .slice(0, keptTags)
    .map(([name, value]) => [cleanText(name), cleanText(String(value))] as const)
    .filter((entry): entry is readonly [string, string] => entry[0] !== null && entry[1] !== null)
  return Object.fromEntries(kept)
}
