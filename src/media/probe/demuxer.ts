import { ReelmillError } from '#errors/reelmill-error.ts'
import { isAdts, isMpegAudio, isTransportStream, matchAnnexB } from './elementary.ts'
import { matchPicture, matchSignature, signedDemuxers } from './magic.ts'
import { type OpenedSource, openFile } from './opened-source.ts'

const headBytes = 64 * 1024

/**
 * The demuxer that ffmpeg is pinned to for this file, found from its bytes alone and never from its
 * name. Playlists, lists and scripts, which make ffmpeg open other files, have no entry and are
 * refused before ffmpeg sees them. Throws `source_unreadable` with a
 * sentence for the owner, `source_empty`, or `source_not_found`.
 */
export async function identifyDemuxer(path: string): Promise<string> {
  return identifySource(await openFile(path))
}

/** The same for a source that may be no file of this machine. */
export async function identifySource({ read }: Pick<OpenedSource, 'read'>): Promise<string> {
  const head = await read(0, headBytes)
  if (head.length === 0) throw new ReelmillError('source_empty')
  const tagBytes = measureId3(head)
  const body = tagBytes === 0 ? head : await read(tagBytes, headBytes)
  const demuxer = detectDemuxer(body) ?? (tagBytes > 0 ? 'mp3' : null)
  if (demuxer === null) throw new ReelmillError('source_unreadable', describeRefused(head))
  return demuxer
}

/** The demuxer for a file that begins with these bytes, or null: it is nothing that we read. */
export function detectDemuxer(head: Buffer): string | null {
  const signed = matchSignature(head)
  if (signed !== null) return signed
  if (isTransportStream(head)) return 'mpegts'
  if (isAdts(head)) return 'aac'
  if (isMpegAudio(head)) return 'mp3'
  return matchAnnexB(head)
}

const unsigned = ['mpegts', 'aac', 'mp3', 'h264', 'hevc']
const known: ReadonlySet<string> = new Set([...signedDemuxers, ...unsigned])

/** Whether a file may have been found to be of this demuxer: none that opens others, or draws text. */
export function isKnownDemuxer(name: string): boolean {
  return known.has(name)
}

/** Bytes of the ID3v2 tag at the start, which any audio stream may follow; 0 without one. */
export function measureId3(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0
  // Four times seven bits; the header's own ten bytes are not counted in (ID3v2.4, 3.1).
  const size = head.subarray(6, 10).reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0)
  return size + 10
}

/** Why a file that no demuxer reads is refused, in a sentence for its owner. */
function describeRefused(head: Buffer): string {
  const picture = matchPicture(head)
  if (picture !== null) return `The file is a ${picture} picture, not a video or audio file.`
  const start = head
    .toString('utf8', 0, 4096)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^#EXTM3U|^<\?xml|^<MPD|^ffconcat|^v=0\s|^\[playlist\]/i.test(start)) {
    return 'The file is a playlist or a description of a stream, not a video or audio file.'
  }
  if (isText(head.subarray(0, 4096))) return 'The file is text, not a video or audio file.'
  return 'The file is in no video or audio format that is known here.'
}

function isText(bytes: Buffer): boolean {
  return !bytes.some((byte) => byte === 0 || (byte < 9 && byte > 0) || (byte > 13 && byte < 27))
}
