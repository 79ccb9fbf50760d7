import { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { GuardedAnswer } from './guarded-client.ts'

/**
 * The body of an answer, which ends with `answer_too_large` after so many bytes, and with what `fail`
 * makes of any error of the connection.
 */
export function limitBody(
  { headers, body }: Pick<GuardedAnswer, 'headers' | 'body'>,
  maxBytes: number,
  fail: (error: unknown) => ReelmillError,
): Readable {
  const announced = Number(headers['content-length'] ?? 0)
  const limited = Readable.from(count(body, announced, maxBytes, fail), { objectMode: false })
  // Also where it is destroyed before it was read; the error was told to the reader, if to anybody.
  return limited.on('close', () => body.on('error', () => undefined).destroy())
}

async function* count(
  body: Readable,
  announced: number,
  maxBytes: number,
  fail: (error: unknown) => ReelmillError,
): AsyncGenerator<Buffer> {
  let received = 0
  try {
    if (announced > maxBytes) throw tooLarge(maxBytes)
    for await (const piece of body as AsyncIterable<Buffer>) {
      received += piece.length
      if (received > maxBytes) throw tooLarge(maxBytes)
      yield piece
    }
  } catch (error) {
    throw fail(error)
  }
}

function tooLarge(maxBytes: number): ReelmillError {
  return new ReelmillError('answer_too_large', `The answer is larger than ${maxBytes} bytes.`)
}
