/** How far into a file the first packet of a cut recording may lie. */
const searchedBytes = 8192
const syncByte = 0x47
/** Plain packets, those of Blu-ray with 4 bytes before them, and those with 16 of parity. */
const packetSizes = [188, 192, 204]
const packetsSeen = 5

/**
 * A transport stream has a sync byte at every packet's begin (ISO/IEC 13818-1, 2.4.3.2); recordings
 * may begin in the middle of a packet. Short files must show it in all that they have, twice at
 * least: two letters G at the end of a text, or of a picture, are none.
 */
export function isTransportStream(head: Buffer): boolean {
  return packetSizes.some((size) => {
    const limit = Math.min(searchedBytes, head.length)
    for (let start = head.indexOf(syncByte); start >= 0 && start < limit; ) {
      if (hasSyncs(head, start, size)) return true
      start = head.indexOf(syncByte, start + 1)
    }
    return false
  })
}

function hasSyncs(head: Buffer, start: number, size: number): boolean {
  const available = Math.floor((head.length - start - 1) / size) + 1
  const wanted = Math.min(packetsSeen, available)
  if (wanted < 2 || (wanted < packetsSeen && start >= size)) return false
  for (let packet = 0; packet < wanted; packet++) {
    if (head[start + packet * size] !== syncByte) return false
  }
  return true
}

const bitRatesKbps = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const
const bitRatesLowKbps = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const
const sampleRates = [44100, 48000, 32000] as const
/** By the version's number: MPEG 2.5, reserved, 2 and 1 have a quarter, –, half and whole rates. */
const versionHalvings = [4, 0, 2, 1] as const

/** MPEG audio layer III, or layers I and II, which the same demuxer reads: two headers in a row. */
export function isMpegAudio(head: Buffer): boolean {
  const bytes = mpegAudioFrameBytes(head)
  if (bytes === null) return false
  const next = head.subarray(bytes)
  return next.length < 4 || mpegAudioFrameBytes(next) !== null
}

function mpegAudioFrameBytes(head: Buffer): number | null {
  const [sync, flags = 0] = head
  const layer = (flags >> 1) & 3
  if (sync !== 0xff || flags < 0xe0 || layer === 0) return null
  const bytes = layer3FrameBytes((flags >> 3) & 3, head[2] ?? 0)
  // Layers I and II have tables of their own: their length is not followed.
  return bytes !== null && layer !== 1 ? head.length : bytes
}

function layer3FrameBytes(version: number, rates: number): number | null {
  const isLow = version !== 3
  const bitRateKbps = (isLow ? bitRatesLowKbps : bitRatesKbps)[rates >> 4]
  const sampleRate = sampleRates[(rates >> 2) & 3]
  const halvings = versionHalvings[version]
  if (!bitRateKbps || !sampleRate || !halvings) return null
  const bytesPerBit = isLow ? 72 : 144
  const unpadded = Math.floor((bytesPerBit * bitRateKbps * 1000 * halvings) / sampleRate)
  return unpadded + ((rates >> 1) & 1)
}

/** AAC in ADTS frames (ISO/IEC 13818-7, 6.2): two headers in a row. */
export function isAdts(head: Buffer): boolean {
  if (!isAdtsHeader(head)) return false
  const bytes = (((head[3] ?? 0) & 3) << 11) | ((head[4] ?? 0) << 3) | ((head[5] ?? 0) >> 5)
  if (bytes < 7) return false
  const next = head.subarray(bytes)
  return next.length < 2 || isAdtsHeader(next)
}

function isAdtsHeader(head: Buffer): boolean {
  return head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0
}

/** H.264 or HEVC as NAL units behind start codes; the first unit tells which. */
export function matchAnnexB(head: Buffer): 'h264' | 'hevc' | null {
  const long = head.length > 4 && head.readUInt32BE(0) === 1
  const short = head.length > 4 && head.readUIntBE(0, 3) === 1
  if (!long && !short) return null
  const unit = head[long ? 4 : 3] ?? 0
  const next = head[long ? 5 : 4] ?? 0
  // Access unit delimiter, video and sequence parameter set; H.264 forbids a zero nal_ref_idc there.
  if ([0x40, 0x42, 0x46].includes(unit) && next === 1) return 'hevc'
  return [0x67, 0x27, 0x47, 0x09].includes(unit) ? 'h264' : null
}
