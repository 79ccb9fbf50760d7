import { randomInt } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Body } from './stock-http.ts'

/** A file of a form, as it lies on disk. */
export interface FormFile {
  /** "payload[videoFile]" */
  readonly field: string
  readonly path: string
  /** The name that the part carries, whatever the file is called. */
  readonly name: string
  readonly type: string
}

/** Text fields in their order; undefined ones are left out. */
export type FormTexts = readonly (readonly [name: string, value: string | number | undefined])[]

/**
 * A multipart body as the stock runner writes it: texts before files, length known in advance
 * (runner protocol 1.1).
 */
export async function makeForm(texts: FormTexts, files: readonly FormFile[] = []): Promise<Body> {
  const boundary = '-'.repeat(26) + String(randomInt(1e9)).padStart(24, '0')
  const pieces: (string | FormFile)[] = []
  for (const [name, value] of texts) {
    if (value === undefined) continue
    pieces.push(`${head(boundary, name)}\r\n\r\n${value}\r\n`)
  }
  for (const file of files) {
    const names = `${head(boundary, file.field)}; filename="${file.name}"`
    pieces.push(`${names}\r\nContent-Type: ${file.type}\r\n\r\n`, file, '\r\n')
  }
  pieces.push(`--${boundary}--\r\n`)
  const sizes = await Promise.all(pieces.map(measure))
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    lengthBytes: sizes.reduce((sum, size) => sum + size, 0),
    read: () => readPieces(pieces),
  }
}

function head(boundary: string, name: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`
}

async function measure(piece: string | FormFile): Promise<number> {
  return typeof piece === 'string' ? Buffer.byteLength(piece) : (await stat(piece.path)).size
}

async function* readPieces(pieces: readonly (string | FormFile)[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield Buffer.from(piece)
    else yield* createReadStream(piece.path)
  }
}
