import type { AudioPayload, AudioRendition } from '#jobs/payload.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { pipeUrl } from '#media/ffmpeg/run.ts'
import type { SourceLocation } from './work.ts'

/**
 * The arguments of the one ffmpeg that decodes all sound of a source and encodes each track whole,
 * each to a pipe as fragmented MP4. The fragments' lengths do not matter: they are cut anew.
 */
export function buildAudioArguments(payload: AudioPayload, source: SourceLocation): string[] {
  return [
    '-copyts',
    ...inputArguments(source, payload.input.demuxer),
    ...payload.renditions.flatMap((rendition, index) => [
      ...['-map', `0:${rendition.sourceStream}`, '-vn', '-sn', '-dn', '-map_metadata', '-1'],
      ...['-af', buildSoundFilters(payload, rendition)],
      ...['-c:a', rendition.codec, '-b:a', String(rendition.bitRateBps)],
      ...['-ac', String(rendition.channels), '-ar', String(rendition.sampleRate)],
      ...['-f', 'mp4', '-movflags', '+empty_moov+default_base_moof+skip_trailer'],
      ...['-frag_duration', '1000000', '-use_editlist', '0', pipeUrl(index)],
    ]),
  ]
}

/**
 * The sound on the output's clock, from 0: what starts later is led in by silence, holes are filled
 * with it, overlaps are cut; and it ends where the source does, in silence where the pictures go on.
 */
export function buildSoundFilters(payload: AudioPayload, rendition: AudioRendition): string {
  return [
    `asetpts=PTS-(${payload.input.originSeconds})/TB`,
    `aresample=${rendition.sampleRate}:async=1:min_hard_comp=0.100000:first_pts=0`,
    `apad=whole_dur=${payload.durationSeconds}`,
    `atrim=end=${payload.durationSeconds}`,
    // EBU R 128 at the level that streaming services use.
    ...(payload.normalizeLoudness ? ['loudnorm=I=-16:TP=-1.5:LRA=11'] : []),
  ].join(',')
}
