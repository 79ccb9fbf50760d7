/**
 * A container's language as BCP 47: "eng" and "ger" (ISO 639-2, both kinds) become "en" and "de".
 * "und" for nothing, for nonsense and for the codes that mean no language.
 */
export function toLanguage(tag: string | null): string {
  if (tag === null || ['und', 'mis', 'zxx', 'mul'].includes(tag.toLowerCase())) return 'und'
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? 'und'
  } catch {
    // RangeError: no language tag at all, as people type them into editors.
    return 'und'
  }
}
