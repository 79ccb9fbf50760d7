/** What is looked at, in the order in which it is told. */
export const checkNames = [
  'database',
  'storage',
  'disk',
  'ffmpeg',
  'servers',
  'policies',
  'runners',
  'encoders',
  'queue',
  'failures',
  'webhooks',
  'sweep',
] as const

export type CheckName = (typeof checkNames)[number]

/** From good to bad: `failing` is for what keeps videos from being made or kept. */
export const checkStates = ['well', 'warning', 'failing'] as const

export type CheckState = (typeof checkStates)[number]

/** One look at one thing, with a sentence for people. */
export interface Check {
  readonly name: CheckName
  readonly state: CheckState
  readonly sentence: string
}

/** The worst state among checks. */
export function worstOf(checks: readonly Check[]): CheckState {
  const worst = Math.max(0, ...checks.map(({ state }) => checkStates.indexOf(state)))
  return checkStates[worst] ?? 'well'
}
