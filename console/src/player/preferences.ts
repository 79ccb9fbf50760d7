/** What a person set in the player, on this device. */
export interface Preferences {
  /** 0 to 1. */
  readonly volume: number
  readonly isMuted: boolean
  readonly speed: number
  /** The language of captions; null: none. */
  readonly captions: string | null
}

const name = 'reelmill-player'
const first: Preferences = { volume: 1, isMuted: false, speed: 1, captions: null }

/** What was set; what cannot be read counts as never set. */
export function readPreferences(): Preferences {
  try {
    return checkPreferences(JSON.parse(localStorage.getItem(name) ?? '{}'))
  } catch {
    // A frame of another site may not have a storage at all.
    return first
  }
}

/** Keeps what was set. */
export function keepPreferences(changes: Partial<Preferences>): void {
  try {
    localStorage.setItem(name, JSON.stringify({ ...readPreferences(), ...changes }))
  } catch {
    // Without a storage it holds for this page alone.
  }
}

/** Takes over what is as it should be, and nothing else. */
export function checkPreferences(kept: unknown): Preferences {
  if (typeof kept !== 'object' || kept === null) return first
  const { volume, isMuted, speed, captions } = kept as Record<string, unknown>
  return {
    volume: isWithin(volume, 0, 1) ? volume : first.volume,
    isMuted: isMuted === true,
    speed: isWithin(speed, 0.25, 4) ? speed : first.speed,
    captions: typeof captions === 'string' ? captions : null,
  }
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most
}
