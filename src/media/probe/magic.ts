interface Signature {
  readonly demuxer: string
  readonly offset: number
  /** Bytes as they stand in the file; text is Latin-1. */
  readonly bytes: Buffer
}

const text = (demuxer: string, offset: number, word: string): Signature => ({
  demuxer,
  offset,
  bytes: Buffer.from(word, 'latin1'),
})

const hex = (demuxer: string, bytes: string): Signature => ({
  demuxer,
  offset: 0,
  bytes: Buffer.from(bytes.replaceAll(' ', ''), 'hex'),
})

/** Boxes that a QuickTime or ISO file may begin with; most begin with `ftyp`. */
const movBoxes = ['ftyp', 'moov', 'mdat', 'moof', 'styp', 'sidx', 'free', 'skip', 'wide', 'pnot']

const signatures: readonly Signature[] = [
  ...movBoxes.map((box) => text('mov', 4, box)),
  hex('matroska', '1A45DFA3'),
  text('avi', 8, 'AVI '),
  text('wav', 8, 'WAVE'),
  text('flv', 0, 'FLV\x01'),
  text('ogg', 0, 'OggS'),
  hex('asf', '3026B2758E66CF11'),
  hex('mpeg', '000001BA'),
  hex('mpegvideo', '000001B3'),
  hex('m4v', '000001B0'),
  hex('mxf', '060E2B3402050101'),
  hex('w64', '72696666 2E91CF11'),
  hex('wtv', 'B7D800203749DA11'),
  hex('dts', '7FFE8001'),
  // The first block of a DV frame is its header, number 0 (IEC 61834-2, 11).
  hex('dv', '1F0700'),
  hex('ac3', '0B77'),
  text('flac', 0, 'fLaC'),
  text('gif', 0, 'GIF8'),
  text('yuv4mpegpipe', 0, 'YUV4MPEG2 '),
  text('ivf', 0, 'DKIF'),
  text('nut', 0, 'nut/multimedia container\0'),
  text('rm', 0, '.RMF'),
  text('aiff', 0, 'FORM'),
  text('au', 0, '.snd'),
  text('amr', 0, '#!AMR'),
  text('caf', 0, 'caff'),
  text('wv', 0, 'wvpk'),
  text('ape', 0, 'MAC '),
  text('tta', 0, 'TTA1'),
]

/** Every demuxer that `matchSignature` may name. */
export const signedDemuxers: readonly string[] = [
  ...signatures.map(({ demuxer }) => demuxer),
  'eac3',
]

/** The demuxer of the first signature that the bytes bear, or null. */
export function matchSignature(head: Buffer): string | null {
  const found = signatures.find(({ offset, bytes }) =>
    head.subarray(offset, offset + bytes.length).equals(bytes),
  )
  if (found?.demuxer === 'ac3' && isEac3(head)) return 'eac3'
  return found?.demuxer ?? null
}

/** Bit stream ids above 10 are E-AC-3 (ETSI TS 102 366, annex E). */
function isEac3(head: Buffer): boolean {
  return (head[5] ?? 0) >> 3 > 10
}

const pictures = [
  hex('JPEG', 'FFD8FF'),
  hex('PNG', '89504E470D0A1A0A'),
  text('WebP', 8, 'WEBP'),
  text('BMP', 0, 'BM'),
  hex('TIFF', '49492A00'),
  hex('TIFF', '4D4D002A'),
]

/** The name of the still picture format that the bytes bear, or null. */
export function matchPicture(head: Buffer): string | null {
  const found = pictures.find(({ offset, bytes }) =>
    head.subarray(offset, offset + bytes.length).equals(bytes),
  )
  return found?.demuxer ?? null
}
