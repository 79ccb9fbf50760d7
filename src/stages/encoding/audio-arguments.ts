import type { AudioPayload, AudioRendition } from '#jobs/payload.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { pipeUrl } from '#media/ffmpeg/run.ts'
import type { SourceLocation } from './work.ts'

/** Added to the times of decoded sound: the container that it travels in knows none below zero. */
const decodedOriginSeconds = 10

/**
 * The arguments of the one ffmpeg that decodes all sound of a source and encodes each track whole,
 * each to a pipe as fragmented MP4. The fragments' lengths do not matter: they are cut anew.
 */
export function buildAudioArguments(payload: AudioPayload, source: SourceLocation): string[] {
  return ['-copyts', ...inputArguments(source, payload.input.demuxer), ...buildTracks(payload)]
}

/**
 * The arguments of an ffmpeg that only decodes the sound, with the times of each sample, for the one
 * of `buildDecodedArguments`. Where the rate or the channels of a track change, ffmpeg builds its
 * filters anew; these have no memory that they could lose.
 */
export function buildDecoderArguments(payload: AudioPayload, source: SourceLocation): string[] {
  const shift = payload.input.originSeconds - decodedOriginSeconds
  return [
    '-copyts',
    ...inputArguments(source, payload.input.demuxer),
    ...payload.renditions.flatMap(({ sourceStream }) => ['-map', `0:${sourceStream}`]),
    ...['-vn', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-af', `asetpts=PTS-(${shift})/TB`],
    ...payload.renditions.flatMap(({ sampleRate, channels }, index) => [
      ...[`-ar:a:${index}`, String(sampleRate), `-ac:a:${index}`, String(channels)],
    ]),
    ...['-c:a', 'pcm_f32le', '-f', 'nut', pipeUrl(0)],
  ]
}

/** The same as `buildAudioArguments`, from what `buildDecoderArguments` gives, read as `pipe:0`. */
export function buildDecodedArguments({ input, renditions, ...payload }: AudioPayload): string[] {
  const tracks = buildTracks({
    ...payload,
    input: { ...input, originSeconds: decodedOriginSeconds },
    renditions: renditions.map((rendition, index) => ({ ...rendition, sourceStream: index })),
  })
  return ['-copyts', '-protocol_whitelist', 'pipe', '-f', 'nut', '-i', 'pipe:0', ...tracks]
}

function buildTracks(payload: AudioPayload): string[] {
  return payload.renditions.flatMap((rendition, index) => [
    ...['-map', `0:${rendition.sourceStream}`, '-vn', '-sn', '-dn', '-map_metadata', '-1'],
    // ffmpeg would write chapters as a second track.
    ...['-map_chapters', '-1', '-af', buildSoundFilters(payload, rendition)],
    ...['-c:a', rendition.codec, '-b:a', String(rendition.bitRateBps)],
    ...['-ac', String(rendition.channels), '-ar', String(rendition.sampleRate)],
    ...['-f', 'mp4', '-movflags', '+empty_moov+default_base_moof+skip_trailer'],
    ...['-frag_duration', '1000000', '-use_editlist', '0', pipeUrl(index)],
  ])
}

/**
 * Sound that is off by more than this is put where it belongs; the jitter of a recorder's clock is
 * not, for each correction is heard. Lost packets of 21 ms add up: with ffmpeg's own limit of 0.1 s
 * a recording with losses stayed 64 ms early to its end, and 40 ms is what people bear.
 */
const offSeconds = 0.04

/**
 * The sound on the output's clock, from 0: what starts later is led in by silence, holes are filled
 * with it, overlaps are cut; and it ends where the source does, in silence where the pictures go on.
 */
export function buildSoundFilters(payload: AudioPayload, rendition: AudioRendition): string {
  return [
    `asetpts=PTS-(${payload.input.originSeconds})/TB`,
    `aresample=${rendition.sampleRate}:async=1:min_hard_comp=${offSeconds}:first_pts=0`,
    `apad=whole_dur=${payload.durationSeconds}`,
    `atrim=end=${payload.durationSeconds}`,
    // EBU R 128 at the level that streaming services use.
    ...(payload.normalizeLoudness ? ['loudnorm=I=-16:TP=-1.5:LRA=11'] : []),
  ].join(',')
}
