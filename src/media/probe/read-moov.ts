import type { OpenedSource } from './opened-source.ts'

/** A larger one is a film of days, or an attack: its packets are read one by one instead. */
const moovLimitBytes = 64 * 1024 ** 2
const maxTopBoxes = 64

/**
 * The body of the `moov` box, without reading anything else of the file: null when there is not
 * exactly one, when the file is fragmented, or when a box reaches past the end of the file, as in
 * one that broke off. (ISO/IEC 14496-12, 4.2 and 8.2.1)
 */
export async function readMoov(source: OpenedSource): Promise<Buffer | null> {
  const boxes = await listTopBoxes(source)
  if (boxes === null || boxes.some(({ type }) => type === 'moof')) return null
  const [moov, another] = boxes.filter(({ type }) => type === 'moov')
  if (!moov || another || moov.bytes > moovLimitBytes) return null
  const bodyBytes = moov.bytes - moov.headerBytes
  const body = await source.read(moov.offset + moov.headerBytes, bodyBytes)
  return body.length === bodyBytes ? body : null
}

interface TopBox {
  readonly type: string
  readonly offset: number
  readonly bytes: number
  readonly headerBytes: number
}

async function listTopBoxes({ read, sizeBytes }: OpenedSource): Promise<TopBox[] | null> {
  const boxes: TopBox[] = []
  for (let offset = 0; offset < sizeBytes; ) {
    const head = await read(offset, 16)
    if (head.length < 8 || boxes.length === maxTopBoxes) return null
    const size32 = head.readUInt32BE(0)
    const isLong = size32 === 1
    if (isLong && head.length < 16) return null
    const long = isLong ? Number(head.readBigUInt64BE(8)) : size32
    const bytes = size32 === 0 ? sizeBytes - offset : long
    const headerBytes = isLong ? 16 : 8
    if (bytes < headerBytes || offset + bytes > sizeBytes) return null
    boxes.push({ type: head.toString('latin1', 4, 8), offset, bytes, headerBytes })
    offset += bytes
  }
  return boxes
}
