import { encodeAudio } from './encode-audio.ts'
import { encodeChunk } from './encode-chunk.ts'
import type { Works } from './work.ts'

/** Every kind of work, by the type of job: a new kind is one new file and one line here. */
export const works: Works = {
  'vod-chunk-encoding': encodeChunk,
  'vod-audio-encoding': encodeAudio,
}
