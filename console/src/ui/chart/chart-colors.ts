/**
 * A token's colour as canvases need it: in the theme that is shown, without light-dark(). Read from a
 * real element, since a custom property keeps the text that stands in the style sheet.
 */
export function readColor(token: string, alpha = 1): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  if (alpha === 1) return color
  const [red = '0', green = '0', blue = '0'] = color.match(/[\d.]+/g) ?? []
  return `rgb(${red} ${green} ${blue} / ${alpha})`
}

/** Calls whenever another theme is shown: chosen by a person, or by the system. @returns what ends it. */
export function onThemeChange(call: () => void): () => void {
  const observer = new MutationObserver(call)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', call)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', call)
  }
}
