/** What hls.js takes from url-toolkit: an address made absolute, as browsers do by now themselves. */
export function buildAbsoluteURL(base: string, relative: string): string {
  return new URL(relative, new URL(base, document.baseURI)).href
}
