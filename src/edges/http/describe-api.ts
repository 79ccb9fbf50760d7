import swagger from '@fastify/swagger'
import plugin from 'fastify-plugin'
import { ownVersion } from '#config/version.ts'
import { fleetSchemas } from '../runner-protocol/fleet-schemas.ts'
import { namedSchemas } from './schemas.ts'

/** Collects the routes that come after it into an OpenAPI 3.1 document, and serves that. */
export const describeApi = plugin(async (app) => {
  await app.register(swagger, {
    hideUntagged: true,
    refResolver: {
      buildLocalReference: ({ $id }, _uri, _fragment, number) =>
        typeof $id === 'string' ? $id : `schema-${number}`,
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Reelmill',
        version: ownVersion,
        description: 'Uploaded videos become streams. Errors are problems (RFC 9457) with a code.',
      },
      tags: [
        { name: 'videos', description: 'Videos and their journey' },
        { name: 'runners', description: 'Who does the jobs: runners and registration tokens' },
        { name: 'jobs', description: 'The units of work that runners do' },
        { name: 'people', description: 'Users, sessions and keys' },
        { name: 'policies', description: 'What operators turn while everything runs' },
        { name: 'webhooks', description: 'Who is told of events, and what became of that' },
        { name: 'notifications', description: 'What other processors say of videos' },
        { name: 'statistics', description: 'Figures, now and over time' },
        { name: 'system', description: 'The installation: health, versions, storage, settings' },
        { name: 'server', description: 'The server itself' },
      ],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key, or ADMIN_KEY' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'reelmill',
            description: 'Of POST /api/v1/sessions; `__Host-reelmill` where PUBLIC_URL is https',
          },
        },
      },
    },
  })
  for (const schema of [...namedSchemas, ...fleetSchemas]) app.addSchema(schema)
  app.get('/api/openapi.json', async () => app.swagger())
})
