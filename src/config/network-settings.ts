import { integers, places } from './setting-kinds.ts'

/** Which addresses that users give (imports, webhooks) this server calls. */
export const networkSettings = {
  urlAllow: places({
    name: 'URL_ALLOW',
    sentence:
      'Networks and host names that imports and webhooks may reach though they are private, at any port.',
  }),
  urlPorts: integers({
    name: 'URL_PORTS',
    fallback: '80,443',
    sentence: 'Ports that imports and webhooks may reach elsewhere.',
  }),
} as const
