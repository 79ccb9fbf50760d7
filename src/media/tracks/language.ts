const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** "German" for "de"; "Audio" where nothing is known, or the tag is none of BCP 47. */
export function nameLanguage(language: string): string {
  const known = toLanguageTag(language)
  return (known === 'und' ? undefined : names.of(known)) ?? 'Audio'
}

/** A language as a well-formed tag of BCP 47; "und" for what is not one. */
export function toLanguageTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'und'
  } catch (error) {
    // The file's own tags are anybody's text, and this is the only way to ask.
    if (error instanceof RangeError) return 'und'
    throw error
  }
}
