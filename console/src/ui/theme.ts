/** How the pages look: as the system does, or as a person chose. */
export type Theme = 'system' | 'light' | 'dark'

const name = 'reelmill-theme'

/** What was chosen on this device. */
export function readTheme(): Theme {
  const kept = localStorage.getItem(name)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

/** Keeps a choice and shows it. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(name)
  else localStorage.setItem(name, theme)
  applyTheme()
}

/** Shows what was chosen; to be called before anything is drawn. */
export function applyTheme(): void {
  const theme = readTheme()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
