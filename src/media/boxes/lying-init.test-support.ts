import { readBoxes } from './box.ts'
import { writeBox, writeFullBox, writeU32, writeU64 } from './write-box.ts'

type Edit = (body: Buffer) => Buffer

/**
 * An init segment of pictures in H.264 that says of its codec what it said before, and lies wherever
 * else there is room: it is dated, turned upside down, cropped, stretched, coloured, loud, named, in a
 * language, and its media lie in another file.
 */
export function makeLyingInit(init: Buffer): Buffer {
  const lies: readonly (readonly [path: string, edit: Edit])[] = [
    ['moov', (body) => Buffer.concat([body, writeBox('udta', Buffer.from('mine'))])],
    ['moov.mvhd', lieOfMovie],
    ['moov.trak.tkhd', lieOfTrack],
    ['moov.trak.mdia.mdhd', (body) => withLanguage(body)],
    ['moov.trak.mdia.hdlr', (body) => Buffer.concat([body.subarray(0, 24), Buffer.from('mine\0')])],
    ['moov.trak.mdia.minf.vmhd', (body) => Buffer.alloc(body.length, 1)],
    ['moov.trak.mdia.minf.dinf.dref', () => elsewhere],
    ['moov.trak.mdia.minf.stbl.stsd', lieOfSamples],
  ]
  return lies.reduce((bytes, [path, edit]) => editBox(bytes, path.split('.'), edit), init)
}

function editBox(bytes: Buffer, [type = '', ...rest]: readonly string[], edit: Edit): Buffer {
  const boxes = readBoxes(bytes).map((box) => {
    if (box.type !== type) return bytes.subarray(box.offset, box.offset + box.size)
    return writeBox(type, rest.length > 0 ? editBox(box.body, rest, edit) : edit(box.body))
  })
  return Buffer.concat(boxes)
}

const times = Buffer.concat([writeU64(3_000_000_000), writeU64(3_000_000_001)])
const external = writeFullBox('url ', {}, Buffer.from('http://192.0.2.1/film.mp4\0'))
const elsewhere = Buffer.concat([writeU32(0, 1), external])

/** A matrix, by half a turn. */
function turn(matrix: Buffer): Buffer {
  const turned = Buffer.from(matrix)
  turned.writeInt32BE(-0x10000, 0)
  turned.writeInt32BE(-0x10000, 16)
  return turned
}

/** Of version 1, whose times have 64 bits. */
function lieOfMovie(body: Buffer): Buffer {
  const [timescale, rate] = [body.subarray(12, 16), writeU32(0x20000)]
  const rest = [body.subarray(24, 36), turn(body.subarray(36, 72)), body.subarray(72)]
  return Buffer.concat([writeU32(1 << 24), times, timescale, writeU64(9), rate, ...rest])
}

/** Of version 1 too: disabled, on another layer, loud, turned and small. */
function lieOfTrack(body: Buffer): Buffer {
  const trackId = body.subarray(12, 16)
  const layers = Buffer.from('00000000000000000005000701000000', 'hex')
  const rest = Buffer.concat([turn(body.subarray(40, 76)), writeU32(16 * 0x10000, 9 * 0x10000)])
  return Buffer.concat([writeU32(1 << 24), times, trackId, writeU32(0), writeU64(9), layers, rest])
}

function withLanguage(body: Buffer): Buffer {
  const changed = Buffer.from(body)
  changed.writeUInt32BE(3_000_000_000, 4)
  changed.writeUInt32BE(77, 16)
  changed.writeUInt16BE(0x10b5, 20)
  return changed
}

function lieOfSamples(body: Buffer): Buffer {
  const entry = editBox(body.subarray(8), ['avc1'], (fields) => {
    const changed = Buffer.from(fields.subarray(0, 78))
    changed.fill(1, 0, 8)
    changed.writeUInt16BE(32, 74)
    const others = readBoxes(fields.subarray(78)).filter(({ type }) => type === 'avcC')
    return Buffer.concat([
      changed,
      ...others.map(({ type, body: own }) => writeBox(type, own)),
      writeBox('fiel', Buffer.from([2, 9])),
      writeBox('pasp', writeU32(4, 1)),
      writeBox('colr', Buffer.from('nclx'), Buffer.from([0, 9, 0, 16, 0, 9, 0x80])),
      writeBox('clap', writeU32(8, 1, 8, 1, 0, 1, 0, 1)),
    ])
  })
  return Buffer.concat([body.subarray(0, 8), entry])
}
