import { flag } from './setting-kinds.ts'

/** Work on uploads that are still going on. */
export const earlySettings = {
  earlyEncoding: flag({
    name: 'EARLY_ENCODING',
    fallback: 'true',
    sentence:
      'Whether encoding starts while an upload is still going on, where its container allows that.',
  }),
} as const
