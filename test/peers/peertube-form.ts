import type { IncomingMessage } from 'node:http'
import { buffer as readBody } from 'node:stream/consumers'

/** One part of a form, as it came. */
export interface SentPart {
  readonly name: string
  readonly filename: string | null
  readonly type: string | null
  readonly bytes: Buffer
}

/** A form as a PeerTube server gets it, with everything that a careful runner would not do. */
export interface SentForm {
  readonly parts: readonly SentPart[]
  readonly texts: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, SentPart>>
  readonly remarks: readonly string[]
}

/** What the genuine runner calls the type of each file (5.6). */
const fileTypes: Readonly<Record<string, string>> = {
  'payload[videoFile]': 'video/mp4',
  'payload[resolutionPlaylistFile]': 'application/vnd.apple.mpegurl',
  'payload[vttFile]': 'text/vtt',
  'payload[storyboardFile]': 'image/jpeg',
}

/** Reads a multipart body strictly; null for another kind of body, which is read all the same. */
export async function readSentForm(request: IncomingMessage): Promise<SentForm | null> {
  const body = await readBody(request)
  const { 'content-type': type = '', 'content-length': length } = request.headers
  const boundary = /^multipart\/form-data; boundary=("?)([^";]+)\1$/.exec(type)?.[2]
  if (boundary === undefined) return null
  const parts = splitForm(body, boundary)
  const remarks = [
    ...(length === undefined ? ['a form without Content-Length'] : []),
    ...remarkOnOrder(parts),
    ...parts.flatMap(remarkOnPart),
  ]
  return {
    parts,
    texts: Object.fromEntries(
      parts
        .filter(({ filename }) => filename === null)
        .map(({ name, bytes }) => [name, bytes.toString()]),
    ),
    files: Object.fromEntries(
      parts.filter(({ filename }) => filename !== null).map((part) => [part.name, part]),
    ),
    remarks,
  }
}

function splitForm(body: Buffer, boundary: string): SentPart[] {
  const parts: SentPart[] = []
  const mark = Buffer.from(`--${boundary}`)
  let at = body.indexOf(mark)
  if (at !== 0) throw new Error('The form does not begin with its boundary.')
  for (;;) {
    const start = at + mark.length
    if (body.subarray(start, start + 2).toString() === '--') return parts
    const headEnd = body.indexOf('\r\n\r\n', start)
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), headEnd)
    if (headEnd < 0 || next < 0) throw new Error('The form breaks off.')
    parts.push(
      readPart(body.subarray(start + 2, headEnd).toString(), body.subarray(headEnd + 4, next)),
    )
    at = next + 2
  }
}

function readPart(head: string, bytes: Buffer): SentPart {
  const name = /^content-disposition: form-data; name="([^"]+)"/im.exec(head)?.[1]
  if (name === undefined) throw new Error(`A part has no name: ${head}`)
  return {
    name,
    filename: /; filename="([^"]*)"/i.exec(head)?.[1] ?? null,
    type: /^content-type: *(\S+)/im.exec(head)?.[1] ?? null,
    bytes,
  }
}

/** 1.1: progress, jobToken, runnerToken, texts of the payload, files. */
function remarkOnOrder(parts: readonly SentPart[]): string[] {
  const ranks = parts.map(({ name, filename }) => {
    if (filename !== null) return 4
    const rank = ['progress', 'jobToken', 'runnerToken'].indexOf(name)
    return rank < 0 ? 3 : rank
  })
  const isSorted = ranks.every((rank, index) => rank >= (ranks[index - 1] ?? 0))
  return isSorted ? [] : [`parts out of order: ${parts.map(({ name }) => name).join(', ')}`]
}

function remarkOnPart({ name, filename, type }: SentPart): string[] {
  if (filename === null || name === 'file') return []
  const expected = fileTypes[name]
  if (filename === '') return [`${name} has no filename`]
  return expected === undefined || type === expected ? [] : [`${name} is sent as ${type}`]
}
