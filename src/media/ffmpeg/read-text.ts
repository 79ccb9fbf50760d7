import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'

/**
 * Everything that a pipe of a run says, as UTF-8 text. More than `limitBytes` (16 MiB) is a surprise:
 * an answer that is read whole has a bounded size.
 */
export async function readText(
  stream: Readable | undefined,
  limitBytes = 16 * 1024 ** 2,
): Promise<string> {
  return (await readBytes(stream, limitBytes)).toString('utf8')
}

/** The same as bytes. */
export async function readBytes(stream: Readable | undefined, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > limitBytes) throw new ReelmillError('ffmpeg_failed', 'ffmpeg printed too much.')
  }
  return Buffer.concat(chunks)
}
