import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** What `vite build console` makes; it lies at the same place beside the package's code. */
const built = join(import.meta.dirname, '../../../../console/dist')

/** The files of the pages, by names that change with their content: they may be kept for ever. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  const root = join(built, 'watch/assets/app')
  if (!existsSync(root)) return
  await app.register(fastifyStatic, {
    root,
    prefix: '/watch/assets/app/',
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  })
}

/**
 * Answers with one of the pages that were built: `index`, `admin`, `embed`. They ask for everything
 * relative to the root, so they are told where that is from where they are: so they work below any
 * prefix, and nobody needs to know it.
 *
 * @throws ReelmillError `pages_not_built`.
 */
export async function sendApp(
  request: FastifyRequest,
  reply: FastifyReply,
  name: 'index' | 'admin' | 'embed',
): Promise<FastifyReply> {
  const page = await readFile(join(built, `${name}.html`), 'utf8').catch((cause: unknown) => {
    throw new ReelmillError('pages_not_built', undefined, { cause })
  })
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(page.replace('<base href="./"', `<base href="${writeWayToRoot(request.url)}"`))
}

/** `/watch/1` is one folder deep: `../`. */
function writeWayToRoot(url: string): string {
  const [path = '/'] = url.split('?', 1)
  return '../'.repeat(path.split('/').length - 2) || './'
}
