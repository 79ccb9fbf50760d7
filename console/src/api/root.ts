/**
 * Where the server's own addresses begin, with a slash at its end. The server says it in <base>,
 * relative to the page; it is made absolute here, once, for the page's address changes later on.
 */
export const root: URL = pinRoot()

function pinRoot(): URL {
  const base = document.querySelector('base')
  if (base) base.setAttribute('href', base.href)
  return new URL('.', document.baseURI)
}

/** An address of the server, from its path: `media/…`, `api/v1/events`. */
export function addressOf(path: string): string {
  return new URL(path, root).href
}
