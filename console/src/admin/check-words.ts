import type { Tone } from '../ui/badge.tsx'

/** What is looked at: its name, and where somebody sees what to do about it. */
export const checkPlaces: Readonly<Record<string, { word: string; to: string; link: string }>> = {
  database: { word: 'Database', to: '/system', link: 'Storage and health' },
  storage: { word: 'Storage', to: '/system', link: 'Storage and health' },
  disk: { word: 'Disk', to: '/system', link: 'Storage and health' },
  ffmpeg: { word: 'ffmpeg', to: '/system', link: 'Storage and health' },
  servers: { word: 'Servers', to: '/system', link: 'Storage and health' },
  policies: { word: 'Policies', to: '/policies', link: 'Policies' },
  runners: { word: 'Runners', to: '/runners', link: 'Runners' },
  encoders: { word: 'Encoders', to: '/runners', link: 'Runners' },
  queue: { word: 'Queue', to: '/jobs?state=pending', link: 'Waiting jobs' },
  failures: { word: 'Failures', to: '/videos?state=failed', link: 'Failed videos' },
  webhooks: { word: 'Webhooks', to: '/webhooks', link: 'Webhooks' },
  sweep: { word: 'Clean-up', to: '/system', link: 'Storage and health' },
}

export type CheckState = 'well' | 'warning' | 'failing'

/** The states of a check with their words and tones. */
export const checkStates: Readonly<Record<CheckState, { word: string; tone: Tone }>> = {
  well: { word: 'Well', tone: 'good' },
  warning: { word: 'Warning', tone: 'warn' },
  failing: { word: 'Failing', tone: 'bad' },
}
