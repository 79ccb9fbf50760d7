import type { OpenedSource } from '../probe/opened-source.ts'

/** A larger one is a film of days, or an attack: its video waits for the rest. */
const moovLimitBytes = 64 * 1024 ** 2
const maxTopBoxes = 16

type Read = OpenedSource['read']

/**
 * The body of a `moov` that comes before all samples and has arrived whole; null where it has not,
 * comes later, or the file is in fragments (ISO/IEC 14496-12, 4.2 and 8.2.1).
 *
 * @param prefix - its size is what has arrived; what lies behind is not looked at.
 */
export async function readLeadingMoov(prefix: OpenedSource): Promise<Buffer | null> {
  const { read, sizeBytes } = prefix
  for (let offset = 0, boxes = 0; boxes < maxTopBoxes; boxes++) {
    const box = await readHead(read, offset)
    if (!box || box.offset + box.bytes > sizeBytes || isTooLate(box.type)) return null
    if (box.type === 'moov') return readBody(read, box)
    offset += box.bytes
  }
  return null
}

interface TopBox {
  readonly type: string
  readonly offset: number
  readonly bytes: number
  readonly headerBytes: number
}

function isTooLate(type: string): boolean {
  return type === 'mdat' || type === 'moof'
}

/** null at the end of what is there, and for sizes that are none; 0 means "to the end of the file". */
async function readHead(read: Read, offset: number): Promise<TopBox | null> {
  const head = await read(offset, 16)
  if (head.length < 16) return null
  const size32 = head.readUInt32BE(0)
  const isLong = size32 === 1
  const bytes = isLong ? Number(head.readBigUInt64BE(8)) : size32
  const headerBytes = isLong ? 16 : 8
  if (bytes < headerBytes) return null
  return { type: head.toString('latin1', 4, 8), offset, bytes, headerBytes }
}

async function readBody(read: Read, box: TopBox): Promise<Buffer | null> {
  if (box.bytes > moovLimitBytes) return null
  const body = await read(box.offset + box.headerBytes, box.bytes - box.headerBytes)
  return body.length === box.bytes - box.headerBytes ? body : null
}
