import { integer, optionalHosts, optionalText } from './setting-kinds.ts'

/** Who may call, and for how long a login lasts. */
export const peopleSettings = {
  adminKey: optionalText({
    name: 'ADMIN_KEY',
    sentence: 'An API key with every right, for scripts and containers.',
    secret: true,
  }),
  allowedHosts: optionalHosts({
    name: 'ALLOWED_HOSTS',
    sentence:
      "Names under which this server answers, such as videos.example.org,.example.net; unset: PUBLIC_URL's and addresses, or all where that is unset too.",
  }),
  sessionIdleSeconds: integer(
    {
      name: 'SESSION_IDLE_SECONDS',
      fallback: '600',
      unit: 'seconds',
      sentence: 'How long a login lasts without a call.',
    },
    30,
    31_536_000,
  ),
  sessionMaxSeconds: integer(
    {
      name: 'SESSION_MAX_SECONDS',
      fallback: String(12 * 3600),
      unit: 'seconds',
      sentence: 'How long a login lasts at most.',
    },
    60,
    31_536_000,
  ),
  rateLimitPerMinute: integer(
    {
      name: 'RATE_LIMIT_PER_MINUTE',
      fallback: '1200',
      unit: 'calls a minute',
      sentence: 'API calls of one user or key; 0: as many as they like. ADMIN_KEY has no limit.',
    },
    0,
    1_000_000,
  ),
} as const
