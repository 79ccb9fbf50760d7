/** One attribute of a tag's attribute-list. */
export interface Attribute {
  /** Without quotes. */
  readonly value: string
  readonly quoted: boolean
}

export type Attributes = ReadonlyMap<string, Attribute>

export interface AttributeReading {
  readonly attributes: Attributes
  /** What breaks the grammar, in words; the rest of the list is read nevertheless. */
  readonly complaints: readonly string[]
}

const NAME = /^[A-Z0-9-]+$/

/**
 * Reads an attribute-list, RFC 8216 section 4.2: NAME=VALUE pairs apart by commas, where a
 * quoted-string may hold commas. Lenient: what can be understood is, what is wrong is told.
 */
export function readAttributes(text: string): AttributeReading {
  const attributes = new Map<string, Attribute>()
  const complaints: string[] = []
  let rest = text
  while (rest.length > 0) {
    const match = /^([^=,]*)=("[^"]*"|[^,]*)(,|$)/.exec(rest)
    if (!match) {
      complaints.push(`"${rest.slice(0, 40)}" is not NAME=VALUE`)
      rest = skipToComma(rest)
      continue
    }
    const [whole, name = '', raw = '', comma] = match
    complaints.push(...judge(name, raw, attributes))
    if (!attributes.has(name.trim())) attributes.set(name.trim(), readValue(raw))
    rest = rest.slice(whole.length)
    if (comma === ',' && rest.length === 0) complaints.push('the list ends with a comma')
  }
  return { attributes, complaints }
}

function skipToComma(text: string): string {
  const comma = text.indexOf(',')
  return comma < 0 ? '' : text.slice(comma + 1)
}

function judge(name: string, raw: string, earlier: Attributes): string[] {
  const complaints: string[] = []
  if (!NAME.test(name)) complaints.push(`the attribute name "${name}" is not of A–Z, 0–9 and "-"`)
  if (earlier.has(name.trim())) complaints.push(`the attribute ${name} appears twice`)
  if (raw === '') complaints.push(`the attribute ${name} has no value`)
  if (!raw.startsWith('"') && /["\s]/.test(raw)) {
    complaints.push(`the value of ${name} holds a quote or white space`)
  }
  return complaints
}

function readValue(raw: string): Attribute {
  if (raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"')) {
    return { value: raw.slice(1, -1), quoted: true }
  }
  return { value: raw.trim(), quoted: false }
}

/** The attribute as a finite number; null when absent or something else. */
export function readNumber(attributes: Attributes, name: string): number | null {
  const text = attributes.get(name)?.value
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text)) return null
  return Number(text)
}

/** The attribute's text, or null. */
export function readText(attributes: Attributes, name: string): string | null {
  return attributes.get(name)?.value ?? null
}
