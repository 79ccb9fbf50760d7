import { readFileSync } from 'node:fs'
import swagger from '@fastify/swagger'
import plugin from 'fastify-plugin'

const { version } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

/** Collects the routes that come after it into an OpenAPI 3.1 document, and serves that. */
export const describeApi = plugin(async (app) => {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Reelmill',
        version,
        description: 'Uploaded videos become streams. Errors are problems (RFC 9457) with a code.',
      },
      tags: [
        { name: 'videos', description: 'Videos and their journey' },
        { name: 'server', description: 'The server itself' },
      ],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'ADMIN_KEY, when it is set' },
        },
      },
    },
  })
  app.get('/api/openapi.json', async () => app.swagger())
})
