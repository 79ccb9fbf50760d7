/** A server-sent event. */
export interface SentEvent {
  readonly event: string
  readonly data: string
}

/**
 * The events of an answer of the type text/event-stream, until it ends
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). Unlike a browser's EventSource it
 * works with a key in a header.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) yield* parseBlock(block)
    }
  } finally {
    // Whoever has seen enough ends the answer too; one that broke is over already.
    await reader.cancel().catch(() => undefined)
  }
}

function* parseBlock(block: string): Generator<SentEvent> {
  let event = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) event = line.slice(7)
    else if (line.startsWith('data: ')) data.push(line.slice(6))
  }
  if (data.length > 0) yield { event, data: data.join('\n') }
}
