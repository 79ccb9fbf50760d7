/** An attribute's value: a quoted string, or a word or number as it stands. */
export type AttributeValue = { readonly quoted: string } | string | number

/**
 * An attribute list (RFC 8216 section 4.2), in the order of the entries; undefined ones are left out.
 */
export function writeAttributes(
  attributes: Readonly<Record<string, AttributeValue | undefined>>,
): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${writeValue(value)}`]))
    .join(',')
}

function writeValue(value: AttributeValue): string {
  return typeof value === 'object' ? `"${cleanText(value.quoted)}"` : String(value)
}

/**
 * Text that can stand in a quoted string: there is no way to escape a quote or a line break in a
 * playlist, so they and all other control characters become what looks alike.
 */
function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('"', '”')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}
