import type { Container } from './facts.ts'

const FIRST_BOXES = new Set([
  'ftyp',
  'styp',
  'moof',
  'moov',
  'sidx',
  'emsg',
  'prft',
  'free',
  'mdat',
])

/** What a segment is, by its first bytes; names and types may lie. */
export function sniffContainer(bytes: Buffer): Container {
  if (FIRST_BOXES.has(bytes.toString('latin1', 4, 8))) return 'fmp4'
  if (bytes[0] === 0x47 && (bytes.length < 376 || bytes[188] === 0x47)) return 'ts'
  if (/^(\uFEFF|\u00EF\u00BB\u00BF)?WEBVTT/.test(bytes.toString('latin1', 0, 12))) return 'webvtt'
  const sync = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  const isPacked = bytes.toString('latin1', 0, 3) === 'ID3' || (sync & 0xffe0) === 0xffe0
  return isPacked || sync === 0x0b77 ? 'packed-audio' : 'unknown'
}
