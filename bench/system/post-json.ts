import { type Agent, request } from 'node:http'

/** What was answered; JSON, or null where there is none. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

interface Post {
  readonly url: string
  readonly body: object
  readonly agent: Agent
}

/** `node:http` rather than `fetch`: hundreds of runners share this one process with the clock. */
export function postJson({ url, body, agent }: Post): Promise<Answer> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString()
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer || 'null') })
        })
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}
