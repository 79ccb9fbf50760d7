/** What hls.js takes from a package for ID3 tags, which fragmented MP4 of ours never has. */
export function utf8ArrayToStr(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

export function getId3Frames(): readonly never[] {
  return []
}

export function isId3TimestampFrame(): boolean {
  return false
}
