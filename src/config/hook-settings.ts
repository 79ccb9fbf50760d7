import { optionalText } from './setting-kinds.ts'

/**
 * Functions that the server calls in its own process, under the names that
 * django-peertube-runner-connector has for them (D-70…D-72).
 */
export const hookSettings = {
  transcodingEndedCallback: optionalText({
    name: 'TRANSCODING_ENDED_CALLBACK_PATH',
    sentence:
      'Function called when a video is published or fails: MODULE#EXPORT, a package or a file.',
  }),
  transcriptionEndedCallback: optionalText({
    name: 'TRANSCRIPTION_ENDED_CALLBACK_PATH',
    sentence: 'Function called when a transcript is there: MODULE#EXPORT.',
  }),
  transcriptionErrorCallback: optionalText({
    name: 'TRANSCRIPTION_ERROR_CALLBACK_PATH',
    sentence: 'Function called when a transcript is given up: MODULE#EXPORT.',
  }),
} as const
