import type { AudioStream } from '#media/probe/media-info.ts'

const mostBps = 384_000
const unknownBps = 256_000
/** Less than this is not worth having in two channels. */
const leastBps = 64_000

/**
 * Whether sound may be taken as it is: AAC of a known, bounded rate, in a known layout that players
 * have (runner protocol 5.8).
 */
export function isCopyableSound({ codec, bitRate, channelLayout }: AudioStream): boolean {
  const isBounded = bitRate !== null && bitRate <= mostBps
  return codec === 'aac' && isBounded && channelLayout !== null && channelLayout !== 'quad'
}

/**
 * How ffmpeg writes one stream of sound: copied, or as stereo AAC whose holes are filled with
 * silence so that it starts and stays with the pictures.
 */
export function buildSoundArguments(sound: AudioStream, mayCopy: boolean): string[] {
  if (mayCopy && isCopyableSound(sound)) return ['-c:a', 'copy']
  return ['-af', soundFilters, ...buildSoundEncoder(sound)]
}

/** Silence from 0 where sound starts later, and in holes of more than a tenth of a second. */
export const soundFilters = 'aresample=async=1:min_hard_comp=0.100000:first_pts=0'

/** Stereo AAC at the rate that the source deserves. */
export function buildSoundEncoder(sound: AudioStream): string[] {
  const rate = chooseSoundBps(sound)
  return ['-c:a', 'aac', '-ac', '2', ...(rate === null ? [] : ['-b:a', String(rate)])]
}

/** Bits per second (runner protocol 5.8); null: the encoder's own choice. */
export function chooseSoundBps({ codec, bitRate }: AudioStream): number | null {
  if (codec === 'flac') return mostBps
  if (bitRate === null) return unknownBps
  if (codec === 'aac' && bitRate <= mostBps) return null
  return Math.min(mostBps, Math.max(leastBps, bitRate))
}
