import { open } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { readHeader, readNumberField } from '#media/probe/header.ts'
import { matchPicture } from '#media/probe/magic.ts'
import { inputLimits } from './input-limits.ts'
import type { Opening } from './open-input.ts'

/** A still picture, looked into. */
export interface Picture {
  readonly path: string
  readonly demuxer: string
  readonly width: number
  readonly height: number
}

const demuxers = new Map([
  ['JPEG', 'jpeg_pipe'],
  ['PNG', 'png_pipe'],
  ['WebP', 'webp_pipe'],
  ['BMP', 'bmp_pipe'],
  ['TIFF', 'tiff_pipe'],
])

/**
 * Finds out what a downloaded picture is, from its bytes. Throws `source_unreadable` when it is
 * none, `source_too_large` when it has more pixels than a video may have.
 */
export async function openPicture(path: string, opening: Opening): Promise<Picture> {
  const demuxer = demuxers.get(matchPicture(await readHead(path)) ?? '')
  if (demuxer === undefined) {
    throw new ReelmillError('source_unreadable', 'The picture is in no format that is known here.')
  }
  const { streams } = await readHeader({ kind: 'file', path }, demuxer, opening)
  const [stream] = streams
  const width = (stream && readNumberField(stream, 'width')) ?? 0
  const height = (stream && readNumberField(stream, 'height')) ?? 0
  if (width * height === 0) throw new ReelmillError('source_damaged', 'The picture is damaged.')
  if (width * height > inputLimits.sourceMaxPixels) throw new ReelmillError('source_too_large')
  return { path, demuxer, width, height }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(64)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
