/** A box around its parts. Parts of 4 GiB and more do not occur. */
export function writeBox(type: string, ...parts: readonly Buffer[]): Buffer {
  const header = writeBoxHeader(
    type,
    parts.reduce((sum, part) => sum + part.length, 0),
  )
  return Buffer.concat([header, ...parts])
}

/** What stands before so many bytes of a box. */
export function writeBoxHeader(type: string, bodyBytes: number): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(header.length + bodyBytes, 0)
  header.write(type, 4, 'latin1')
  return header
}

/** A full box around its parts. */
export function writeFullBox(
  type: string,
  { version = 0, flags = 0 }: { readonly version?: number; readonly flags?: number },
  ...parts: readonly Buffer[]
): Buffer {
  return writeBox(type, writeU32((version << 24) | flags), ...parts)
}

/** Unsigned (or, being 32 bits, negative) numbers, big-endian, one after the other. */
export function writeU32(...values: readonly number[]): Buffer {
  return writeNumbers(values)
}

/** The same of a list: as arguments of a call, a hundred thousand are too many. */
export function writeNumbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4)
  return bytes
}

/** One unsigned number of 64 bits. */
export function writeU64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
