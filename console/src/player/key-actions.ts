/** What a key asks of the player. */
export type PlayerAction =
  | { readonly do: 'toggle-play' }
  /** Seconds, negative: back. */
  | { readonly do: 'seek-by'; readonly seconds: number }
  /** 0 to 1 of the whole. */
  | { readonly do: 'seek-to'; readonly share: number }
  | { readonly do: 'step'; readonly frames: 1 | -1 }
  /** 0 to 1, added to what it is. */
  | { readonly do: 'volume-by'; readonly share: number }
  | { readonly do: 'speed-by'; readonly steps: 1 | -1 }
  | { readonly do: 'toggle-mute' }
  | { readonly do: 'toggle-full-screen' }
  | { readonly do: 'toggle-captions' }
  | { readonly do: 'toggle-picture-in-picture' }
  | { readonly do: 'toggle-help' }

/** Those of a keyboard event that decide. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const actions: Readonly<Record<string, PlayerAction>> = {
  ' ': { do: 'toggle-play' },
  k: { do: 'toggle-play' },
  j: { do: 'seek-by', seconds: -10 },
  l: { do: 'seek-by', seconds: 10 },
  ArrowLeft: { do: 'seek-by', seconds: -5 },
  ArrowRight: { do: 'seek-by', seconds: 5 },
  ArrowUp: { do: 'volume-by', share: 0.05 },
  ArrowDown: { do: 'volume-by', share: -0.05 },
  Home: { do: 'seek-to', share: 0 },
  End: { do: 'seek-to', share: 1 },
  ',': { do: 'step', frames: -1 },
  '.': { do: 'step', frames: 1 },
  '<': { do: 'speed-by', steps: -1 },
  '>': { do: 'speed-by', steps: 1 },
  m: { do: 'toggle-mute' },
  f: { do: 'toggle-full-screen' },
  c: { do: 'toggle-captions' },
  i: { do: 'toggle-picture-in-picture' },
  '?': { do: 'toggle-help' },
}

/** What a key asks for; null: nothing of the player's, or a shortcut of the browser's. */
export function readKey({ key, ctrlKey, metaKey, altKey }: KeyPress): PlayerAction | null {
  if (ctrlKey || metaKey || altKey) return null
  if (/^[0-9]$/.test(key)) return { do: 'seek-to', share: Number(key) / 10 }
  const name = key.length === 1 ? key.toLowerCase() : key
  return Object.hasOwn(actions, name) ? (actions[name] ?? null) : null
}

/** The keys as the help sheet lists them. */
export const keyHelp: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Space', 'K'], does: 'Play or pause' },
  { keys: ['←', '→'], does: 'Back or forward 5 seconds' },
  { keys: ['J', 'L'], does: 'Back or forward 10 seconds' },
  { keys: [',', '.'], does: 'One picture back or forward, while paused' },
  { keys: ['0', '…', '9'], does: 'Go to 0 % … 90 %' },
  { keys: ['Home', 'End'], does: 'Go to the beginning or the end' },
  { keys: ['↑', '↓'], does: 'Louder or quieter' },
  { keys: ['M'], does: 'Sound off or on' },
  { keys: ['C'], does: 'Captions off or on' },
  { keys: ['<', '>'], does: 'Slower or faster' },
  { keys: ['I'], does: 'Picture in picture' },
  { keys: ['F'], does: 'Full screen' },
  { keys: ['?'], does: 'This list' },
]
