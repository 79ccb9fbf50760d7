import type { TestContext } from 'node:test'

/** What came of a stream of server-sent events so far. */
export interface SeenEvents {
  /** The names, in order. */
  names(): string[]
  /** What happened, in order: "video.encoding". */
  changes(): string[]
}

/** Reads server-sent events in the background until the test ends. */
export function readEvents(url: string, t: TestContext): SeenEvents {
  const stop = new AbortController()
  let text = ''
  const read = async (): Promise<void> => {
    const response = await fetch(url, { signal: stop.signal })
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  const reading = read().catch((error: unknown) => {
    if (!stop.signal.aborted) text += `\nevent: broken ${String(error)}\n`
  })
  t.after(async () => {
    stop.abort()
    await reading
  })
  return {
    names: () => [...text.matchAll(/^event: (.*)$/gm)].map(([, name = '']) => name),
    changes: () =>
      [...text.matchAll(/^event: change\ndata: (.*)$/gm)].map(
        ([, data = '']) => (JSON.parse(data) as { readonly type: string }).type,
      ),
  }
}
