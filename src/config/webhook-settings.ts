import { integer, optionalWebhookSecret } from './setting-kinds.ts'

/** How applications are told of events by HTTP calls. */
export const webhookSettings = {
  webhookSecret: optionalWebhookSecret({
    name: 'WEBHOOK_SECRET',
    sentence:
      "What calls of videos' own webhook addresses are signed with; unset: a secret that is made once and kept.",
    secret: true,
  }),
  webhookTimeoutSeconds: integer(
    {
      name: 'WEBHOOK_TIMEOUT_SECONDS',
      fallback: '15',
      unit: 'seconds',
      sentence: 'How long a webhook may take to answer.',
    },
    1,
    120,
  ),
} as const
