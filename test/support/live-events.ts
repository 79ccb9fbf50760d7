import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'

/** A server-sent event. */
export interface Received {
  readonly id: string | null
  readonly event: string
  readonly data: Record<string, unknown>
}

/** A stream of them. */
export interface Listening {
  /** The next event; waits for it. */
  next: () => Promise<Received>
  readonly ended: () => Promise<boolean>
}

/** Listens until `t` ends. */
export async function listenToEvents(
  t: TestContext,
  url: string,
  headers: Record<string, string> = {},
): Promise<Listening> {
  const closing = new AbortController()
  t.after(() => closing.abort())
  const response = await fetch(url, { headers, signal: closing.signal })
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  assert.ok(response.body)
  const events = readEvents(response.body)
  return {
    next: async () => {
      const { value } = await events.next()
      assert.ok(value, 'the stream ended')
      return value
    },
    ended: async () => (await events.next()).done === true,
  }
}

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<Received, void> {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = parseEvent(block)
      if (event) yield event
    }
  }
}

function parseEvent(block: string): Received | null {
  const fields = new Map(
    block
      .split('\n')
      .map((line) => [line.split(': ')[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
  )
  const [event, data] = [fields.get('event'), fields.get('data')]
  if (event === undefined || data === undefined) return null
  return { id: fields.get('id') ?? null, event, data: JSON.parse(data) }
}
