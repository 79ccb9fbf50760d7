import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ResultFile } from '#stages/encoding/files/file-work.ts'
import type { Body } from './send-body.ts'

/** One part of a form: a text, or a file that is read from the disk while it is sent. */
export type FormPart =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly file: ResultFile }

interface Piece {
  readonly sizeBytes: number
  readonly read: () => AsyncIterable<Buffer> | Iterable<Buffer>
}

/**
 * A `multipart/form-data` body with its parts in the order given (runner protocol 1.1, 2.9). Fails
 * with the system's error when a file is not there.
 */
export async function makeForm(parts: readonly FormPart[]): Promise<Body> {
  const boundary = `reelmill-${randomBytes(16).toString('hex')}`
  const pieces: Piece[] = []
  for (const part of parts) {
    pieces.push(bytesOf(`--${boundary}\r\n${headOf(part)}\r\n\r\n`))
    pieces.push('file' in part ? await contentOf(part.file) : bytesOf(part.text))
    pieces.push(bytesOf('\r\n'))
  }
  pieces.push(bytesOf(`--${boundary}--\r\n`))
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes: pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    read: async function* () {
      for (const piece of pieces) yield* piece.read()
    },
  }
}

function headOf(part: FormPart): string {
  const name = `content-disposition: form-data; name="${quote(part.name)}"`
  if (!('file' in part)) return name
  const { filename, type } = part.file
  return `${name}; filename="${quote(filename)}"\r\ncontent-type: ${type}`
}

/** As HTML's forms do it: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function quote(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function bytesOf(text: string): Piece {
  const bytes = Buffer.from(text)
  return { sizeBytes: bytes.length, read: () => [bytes] }
}

async function contentOf({ path }: ResultFile): Promise<Piece> {
  const { size } = await stat(path)
  if (size === 0) return bytesOf('')
  // No further than it was long when it was measured: the length is promised already.
  return { sizeBytes: size, read: () => createReadStream(path, { end: size - 1 }) }
}
