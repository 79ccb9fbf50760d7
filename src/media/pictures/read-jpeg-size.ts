interface Size {
  readonly width: number
  readonly height: number
}

/** Markers without a length of their own (ITU-T T.81, table B.1): TEM, RST0 to RST7, SOI, EOI. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9)

/** Start of frame: SOF0 to SOF15 without DHT, JPG and DAC. */
const isFrameStart = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Width and height in pixels of a JPEG, from its frame header (ITU-T T.81, B.2.2); null for none. */
export function readJpegSize(bytes: Buffer): Size | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (isFrameStart(marker)) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    at += isBare(marker) ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
