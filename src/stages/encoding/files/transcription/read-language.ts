/**
 * The language in an engine's JSON as a code of two or three letters (ISO 639): at the top, or under
 * `result` as whisper.cpp has it. null when there is none.
 */
export function readLanguage(json: string): string | null {
  const root = asFields(parseJson(json))
  const language = root.language ?? asFields(root.result).language
  if (typeof language !== 'string') return null
  const code = language.trim().toLowerCase()
  return /^[a-z]{2,3}$/.test(code) ? code : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An engine that broke off while writing: as if it had said nothing.
    return null
  }
}

function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
