const prefix = 'reelmill-uploads-'

/** Whether somebody left uploads behind on this device: then what sends them is loaded at once. */
export function isRemembered(id: string): boolean {
  return localStorage.getItem(prefix + id) !== null
}

export function remember(id: string): void {
  localStorage.setItem(prefix + id, '1')
}

export function forget(id: string): void {
  localStorage.removeItem(prefix + id)
}
