import type { Schemas } from '../api/client.ts'
import type { Tone } from '../ui/badge.tsx'

type Runner = Schemas['Runner']

/** The states of a runner: their words, and what they mean for it. */
export const runnerStates: Readonly<
  Record<Runner['state'], { readonly word: string; readonly tone: Tone; readonly sentence: string }>
> = {
  active: { word: 'Active', tone: 'good', sentence: 'It gets any work.' },
  draining: {
    word: 'Draining',
    tone: 'warn',
    sentence: 'It finishes what it has, and gets nothing new.',
  },
  disabled: { word: 'Disabled', tone: 'neutral', sentence: 'It gets nothing.' },
  set_aside: {
    word: 'Set aside',
    tone: 'bad',
    sentence: 'Its jobs failed fast, one after the other. It gets one at a time, as a trial.',
  },
}

/** How fast a runner is: × 1.8. Its jobs are that many times faster than their video lasts. */
export function formatSpeed(speed: number): string {
  return `× ${speed >= 9.95 ? Math.round(speed) : speed.toFixed(speed < 0.995 ? 2 : 1)}`
}
