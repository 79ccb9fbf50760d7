/** A `Content-Disposition` that has the answer saved under this name (RFC 6266, RFC 8187). */
export function attachmentNamed(filename: string): string {
  const plain = filename.replaceAll(/[^\w. -]/g, '_')
  const coded = encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`
}
