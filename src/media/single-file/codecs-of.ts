/** What ffprobe says of a stream; what it does not say is null. */
export interface ProbedCodec {
  readonly codec: string
  readonly profile: string | null
  /** ffprobe's number: 31 is level 3.1 of H.264. */
  readonly level: number | null
}

/**
 * The RFC 6381 name of a stream by what ffprobe says of it (D-68); for files whose own configuration
 * tells, that is better. Nothing that ffprobe leaves out makes it fail (WD8).
 */
export function codecsOf({ codec, profile, level }: ProbedCodec): string {
  switch (codec) {
    case 'h264':
      return `avc1.${h264Profiles[profile ?? ''] ?? '6400'}${toHex(level, 0x1f)}`
    case 'hevc':
      return 'hev1.1.6.L93.B0'
    case 'vp9':
      return 'vp09.00.50.08'
    case 'av1':
      return `av01.${av1Profiles[profile ?? ''] ?? '0'}.${toTwoDigits(level, 8)}M.08`
    case 'opus':
    case 'vorbis':
      return codec
    case 'mp3':
      return 'mp4a.40.34'
    default:
      return 'mp4a.40.2'
  }
}

/** Profile and constraints, as the two bytes after "avc1." */
const h264Profiles: Readonly<Record<string, string>> = {
  High: '6400',
  Main: '4D40',
  Baseline: '42E0',
  'Constrained Baseline': '42E0',
}

const av1Profiles: Readonly<Record<string, string>> = { Main: '0', High: '1', Professional: '2' }

function toHex(level: number | null, fallback: number): string {
  return orElse(level, fallback).toString(16).padStart(2, '0')
}

function toTwoDigits(level: number | null, fallback: number): string {
  return String(orElse(level, fallback)).padStart(2, '0')
}

/** ffprobe has -99 for levels that it does not know. */
function orElse(level: number | null, fallback: number): number {
  return level !== null && level > 0 ? level : fallback
}
