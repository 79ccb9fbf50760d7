import { choice, integer, optionalText, optionalUrl, text } from './setting-kinds.ts'

/** The names that container images of PeerTube's runner read (M-12). */
const stock = 'PEERTUBE_RUNNER_'
const instance = `${stock}REGISTERED_INSTANCE_`

/**
 * The settings of `reelmill runner`, for where a command line is not the place: containers, and
 * tokens that nobody else on the machine should read. Options of the command line win.
 */
export const runnerSettings = {
  runnerServer: optionalUrl(
    {
      name: 'RUNNER_SERVER',
      aliases: [`${instance}URL`],
      sentence: 'The server that `reelmill runner` works for.',
    },
    ['http', 'https'],
  ),
  runnerRegistrationToken: optionalText({
    name: 'RUNNER_REGISTRATION_TOKEN',
    sentence: 'What a runner registers with, once.',
    secret: true,
  }),
  runnerToken: optionalText({
    name: 'RUNNER_TOKEN',
    aliases: [`${instance}RUNNER_TOKEN`],
    sentence: 'The token of a runner that is registered already.',
    secret: true,
  }),
  runnerName: optionalText({
    name: 'RUNNER_NAME',
    // The second is what a widespread example has for it.
    aliases: [`${instance}RUNNER_NAME`, `${instance}RUNNER_SECRET`],
    sentence: 'A name that a runner keeps over restarts; unset: one for each run.',
  }),
  runnerSlots: integer(
    {
      name: 'RUNNER_SLOTS',
      aliases: [`${stock}JOBS_CONCURRENCY`],
      fallback: '0',
      sentence:
        'Jobs that a runner does at once; sound comes beside. 0: one for two cores, divided among the local runners.',
    },
    0,
    256,
  ),
  runnerThreads: integer(
    {
      name: 'RUNNER_THREADS',
      // The second is how it is spelled there.
      aliases: [`${stock}FFMPEG_THREADS`, `${stock}FFMPEF_THREADS`],
      fallback: '0',
      sentence: 'Threads of each encoder of a runner; 0: as many as it likes.',
    },
    0,
    256,
  ),
  runnerNice: integer(
    {
      name: 'RUNNER_NICE',
      aliases: [`${stock}FFMPEG_NICE`],
      fallback: '0',
      sentence: 'How much whole-file work of a runner gives way to other programs: 19 most.',
    },
    -20,
    20,
  ),
  runnerTranscriptionEngine: choice(
    {
      name: 'RUNNER_TRANSCRIPTION_ENGINE',
      fallback: 'none',
      sentence:
        'What a runner writes down speech with: none, whisper-ctranslate2, openai-whisper, whisper.cpp.',
    },
    ['none', 'whisper-ctranslate2', 'openai-whisper', 'whisper.cpp'],
  ),
  runnerTranscriptionEnginePath: optionalText({
    name: 'RUNNER_TRANSCRIPTION_ENGINE_PATH',
    sentence: 'Where that program is; unset: looked up in PATH.',
  }),
  runnerTranscriptionModel: text({
    name: 'RUNNER_TRANSCRIPTION_MODEL',
    fallback: 'small',
    sentence: "Its model: a name, or the path of the model's file or folder.",
  }),
} as const
