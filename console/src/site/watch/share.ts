/** An address with where to start, in whole seconds; none for the beginning. */
export function writeLink(address: string, startSeconds: number): string {
  return startSeconds > 0 ? `${address}?t=${Math.floor(startSeconds)}` : address
}

interface Framed {
  readonly name: string
  readonly renditions: readonly { readonly width: number | null; readonly height: number | null }[]
}

/** The code that shows a video in another page, in its own shape and as wide as there is room. */
export function writeEmbedCode(address: string, { name, renditions }: Framed): string {
  const picture = renditions.find(({ width }) => width !== null)
  const ratio = picture ? `${picture.width} / ${picture.height}` : '16 / 9'
  return (
    `<iframe src="${escapeText(address)}" title="${escapeText(name)}" ` +
    `style="width: 100%; aspect-ratio: ${ratio}; border: 0" ` +
    'allow="autoplay; fullscreen; picture-in-picture" loading="lazy"></iframe>'
  )
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
