import { deliverySettings } from './delivery-settings.ts'
import { earlySettings } from './early-settings.ts'
import { hookSettings } from './hook-settings.ts'
import { intakeSettings } from './intake-settings.ts'
import { networkSettings } from './network-settings.ts'
import { peopleSettings } from './people-settings.ts'
import { redisSettings } from './redis-settings.ts'
import { runnerSettings } from './runner-settings.ts'
import { s3Settings } from './s3-settings.ts'
import {
  choice,
  integer,
  networks,
  optionalLanguages,
  optionalUrl,
  program,
  text,
} from './setting-kinds.ts'
import { siteSettings } from './site-settings.ts'
import { transcodingSettings } from './transcoding-settings.ts'
import { uploadSettings } from './upload-settings.ts'
import { webhookSettings } from './webhook-settings.ts'

const forever = 999_999_999_999_999

/**
 * Every setting of Reelmill, in the order in which `reelmill serve --help` shows them. The keys are
 * the fields of Config.
 */
export const settings = {
  host: text({
    name: 'HOST',
    fallback: '127.0.0.1',
    sentence: 'Address that the HTTP server listens on; 0.0.0.0 for every network.',
  }),
  port: integer(
    {
      name: 'PORT',
      fallback: '8000',
      sentence: 'TCP port of the HTTP server; 0 for any free one.',
    },
    0,
    65535,
  ),
  grpcPort: integer(
    {
      name: 'GRPC_PORT',
      fallback: '9999',
      sentence: 'TCP port of the gRPC server, which is not there yet; 0 for none.',
    },
    0,
    65535,
  ),
  publicUrl: optionalUrl(
    {
      name: 'PUBLIC_URL',
      sentence:
        'Address under which people and runners reach this server; unset: http://HOST:PORT.',
    },
    ['http', 'https'],
  ),
  dataDir: text({
    name: 'DATA_DIR',
    fallback: './data',
    sentence: 'Folder for the embedded database, the stored videos and work in progress.',
  }),
  databaseUrl: optionalUrl(
    {
      name: 'DATABASE_URL',
      sentence: 'A PostgreSQL server (15 or newer); unset: the embedded one in DATA_DIR.',
      secret: true,
    },
    ['postgres', 'postgresql'],
  ),
  storage: choice(
    {
      name: 'STORAGE',
      fallback: 'fs',
      sentence: 'Where videos are kept: fs in DATA_DIR, s3 in a bucket, memory for trials.',
    },
    ['fs', 's3', 'memory'],
  ),
  runners: integer(
    { name: 'RUNNERS', fallback: '1', sentence: "Local runners in the server's care." },
    0,
    64,
  ),
  leaseSeconds: integer(
    {
      name: 'LEASE_SECONDS',
      fallback: '120',
      unit: 'seconds',
      sentence: 'How long a runner that fell silent keeps its job.',
    },
    1,
    86_400,
  ),
  runnerMaxFailure: integer(
    {
      name: 'RUNNER_MAX_FAILURE',
      aliases: ['TRANSCODING_RUNNER_MAX_FAILURE'],
      fallback: '5',
      sentence: 'Failures of a job at which it is given up; 0 or 1: the first is final.',
    },
    0,
    1000,
  ),
  ...peopleSettings,
  ...siteSettings,
  trustedProxy: networks({
    name: 'TRUSTED_PROXY',
    sentence: 'Proxies whose X-Forwarded-* headers are believed; unset: none.',
  }),
  ...networkSettings,
  ...webhookSettings,
  ...redisSettings,
  ...hookSettings,
  ...earlySettings,
  languages: optionalLanguages({
    name: 'LANGUAGES',
    sentence: 'Languages that a transcript may be in; unset: all.',
  }),
  logLevel: choice(
    { name: 'LOG_LEVEL', fallback: 'info', sentence: 'The least serious lines that are logged.' },
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
  ),
  ffmpegPath: program({
    name: 'FFMPEG_PATH',
    fallback: 'ffmpeg',
    sentence: 'The ffmpeg program.',
  }),
  ffprobePath: program({
    name: 'FFPROBE_PATH',
    fallback: 'ffprobe',
    sentence: 'The ffprobe program.',
  }),
  sourceMaxBytes: integer(
    {
      name: 'SOURCE_MAX_BYTES',
      fallback: String(100 * 1024 ** 3),
      unit: 'bytes',
      sentence: 'Largest source that is taken in.',
    },
    1,
    forever,
  ),
  sourceMaxPixels: integer(
    {
      name: 'SOURCE_MAX_PIXELS',
      fallback: String(8192 * 4320),
      unit: 'pixels',
      sentence: 'Largest picture of a source, width × height.',
    },
    1,
    forever,
  ),
  sourceMaxSeconds: integer(
    {
      name: 'SOURCE_MAX_SECONDS',
      fallback: String(24 * 3600),
      unit: 'seconds',
      sentence: 'Longest source.',
    },
    1,
    forever,
  ),
  sourceMaxFrames: integer(
    {
      name: 'SOURCE_MAX_FRAMES',
      // 24 hours at 120 pictures per second.
      fallback: String(24 * 3600 * 120),
      unit: 'frames',
      sentence: 'Most pictures in a source.',
    },
    1,
    forever,
  ),
  sourceMaxStreams: integer(
    { name: 'SOURCE_MAX_STREAMS', fallback: '64', sentence: 'Most streams in a source.' },
    1,
    10_000,
  ),
  sourceMaxFps: integer(
    {
      name: 'SOURCE_MAX_FPS',
      fallback: '300',
      unit: 'frames per second',
      sentence: 'Highest frame rate of a source.',
    },
    1,
    10_000,
  ),
  ...intakeSettings,
  ...s3Settings,
  ...uploadSettings,
  ...runnerSettings,
  ...deliverySettings,
  ...transcodingSettings,
} as const
