import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createReelmillClient } from 'reelmill/client'
import { Films } from './films.ts'
import type { Connection } from './reelmill.ts'
import { createWebhookReader } from './webhooks.ts'

export interface App {
  readonly url: string
  readonly close: () => void
}

const page = (name: string) => join(import.meta.dirname, 'page', name)
const module = (name: string) => fileURLToPath(import.meta.resolve(name))

/** What a browser may have. */
const files: Readonly<Record<string, string>> = {
  '/': page('index.html'),
  '/page.js': page('page.js'),
  '/page.css': page('page.css'),
  '/tus.js': module('tus-js-client/dist/tus.min.js'),
  '/hls.js': module('hls.js/dist/hls.min.js'),
}
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** Starts the application: pages upload to Reelmill, which calls back here when there is news. */
export async function startApp(port: number, { url: reelmillUrl, key }: Connection): Promise<App> {
  const films = new Films()
  const client = createReelmillClient({ baseUrl: reelmillUrl, key })
  const { data } = await client.GET('/api/v1/webhooks/video-secret')
  const webhooks = createWebhookReader(data?.secret ?? '')

  /** Lets a page upload one file, without a key, as this application wants it. */
  async function giveTicket(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { title } = JSON.parse(await text(request)) as { readonly title: string }
    const id = randomUUID()
    const body = { name: title, externalId: id, webhookUrl: `${appUrl}/webhooks` }
    const ticket = await client.POST('/api/v1/uploads/tickets', { body })
    films.add(id, title)
    sendJson(response, { endpoint: `${reelmillUrl}/api/v1/uploads`, ticket: ticket.data?.ticket })
  }

  /** Reelmill says that something happened; how the video is now, it is asked. */
  async function takeNews(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const event = webhooks.read(await text(request), request.headers)
    if (event === undefined) return void response.writeHead(401).end()
    response.writeHead(204).end()
    if (!event?.data.externalId || event.type === 'video.deleted') return
    const path = { id: event.data.id }
    const video = await client.GET('/api/v1/videos/{id}', { params: { path } })
    if (video.data) films.update(event.data.externalId, video.data)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '/' } = request
    const file = files[url]
    if (method === 'POST' && url === '/tickets') return giveTicket(request, response)
    if (method === 'POST' && url === '/webhooks') return takeNews(request, response)
    if (method === 'GET' && url === '/films') return sendJson(response, films.list())
    if (method !== 'GET' || !file) return void response.writeHead(404).end()
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error)
      if (response.headersSent) response.end()
      else response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: appUrl, close: () => server.close().closeAllConnections() }
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
}
