const longestName = 255

/** What the last part of an address calls the file; null where it calls it nothing. */
export function filenameOf(url: string): string | null {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  const name = decode(last)
    .replaceAll(/[\p{Cc}/\\]/gu, '')
    .trim()
    .slice(0, longestName)
    .toWellFormed()
  return name === '' ? null : name
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not UTF-8: better its escapes than no name.
    return text
  }
}
