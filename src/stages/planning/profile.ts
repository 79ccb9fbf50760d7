import type { Static } from 'typebox'
import { Type } from 'typebox'
import { wholeFilesSchema } from './whole-files/profile-schema.ts'

const codec = Type.Union([
  Type.Literal('h264'),
  Type.Literal('hevc'),
  Type.Literal('vp9'),
  Type.Literal('av1'),
])

const rung = Type.Object(
  {
    height: Type.Integer({
      minimum: 2,
      maximum: 8640,
      description: 'Height in pixels of the 16:9 box that the picture is fitted into',
    }),
    codec: Type.Optional(codec),
    crf: Type.Number({ minimum: 0, maximum: 63, description: 'Constant quality of the encoder' }),
    maxrateKbps: Type.Integer({
      minimum: 16,
      description: 'Cap of the rate, in 1000 bits a second',
    }),
    preset: Type.Optional(
      Type.String({ description: "The encoder's own word for speed", pattern: '^[a-z0-9]+$' }),
    ),
    encoder: Type.Optional(
      Type.String({ description: "ffmpeg's name of the encoder to use", pattern: '^[a-z0-9_-]+$' }),
    ),
  },
  { additionalProperties: false },
)

const filmName = Type.String({ pattern: '^[1-9][0-9]{0,4}p(-(h264|hevc|vp9|av1))?$' })

const common = {
  name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
  description: Type.Optional(Type.String()),
  prefix: Type.Optional(
    Type.String({
      description:
        'Output folder in the storage; {id}, {version} and {stamp}, the second of the upload, are filled in',
      pattern: '^(?=.*\\{id\\})(?=.*\\{(version|stamp)\\})[A-Za-z0-9{}/_-]+$',
    }),
  ),
}

/** A profile whose videos are cut into chunks: a ladder of renditions. */
export const chunkProfileSchema = Type.Object(
  {
    ...common,
    // Below these a long film would be cut into more parts than can be planned and served.
    gopSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 20 })),
    segmentSeconds: Type.Optional(Type.Number({ minimum: 0.5, maximum: 60 })),
    frameRateMax: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 240 })),
    video: Type.Array(rung, { maxItems: 16 }),
    audio: Type.Optional(
      Type.Object(
        {
          bitRateKbps: Type.Optional(Type.Integer({ minimum: 16, maximum: 512 })),
          channels: Type.Optional(Type.Integer({ minimum: 1, maximum: 8 })),
          normalizeLoudness: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
    ),
    storyboard: Type.Optional(
      Type.Boolean({ description: 'Small pictures of the whole video for the seek bar' }),
    ),
    mp4: Type.Optional(
      Type.Union([Type.Boolean(), Type.Array(filmName, { maxItems: 16 })], {
        description:
          'Files to download: true for every rendition, or names such as "720p"; a smaller video gets its largest',
      }),
    ),
    chunkSecondsMax: Type.Optional(
      Type.Number({ minimum: 1, description: 'No chunk is longer than this' }),
    ),
    playableEarly: Type.Optional(
      Type.Boolean({
        description: 'False: nobody watches before the end, so no work is done to open soon',
      }),
    ),
    lossless: Type.Optional(
      Type.Boolean({ description: 'For proofs: every rendition keeps every bit of the picture' }),
    ),
  },
  { additionalProperties: false },
)

/** A profile whose renditions are whole files, one job each, as PeerTube's runners work them. */
export const wholeFileProfileSchema = Type.Object(
  { ...common, wholeFiles: wholeFilesSchema },
  { additionalProperties: false },
)

export type ChunkProfile = Static<typeof chunkProfileSchema>
export type WholeFileProfile = Static<typeof wholeFileProfileSchema>

/** A profile: what outputs are wanted. The files in profiles/ are of one of these shapes. */
export type Profile = ChunkProfile | WholeFileProfile

export type Rung = ChunkProfile['video'][number]

/** True of a profile of whole files. */
export function isWholeFileProfile(profile: Profile): profile is WholeFileProfile {
  return 'wholeFiles' in profile
}

/** GOPs of 2 s, segments of 6 s: Apple's HLS authoring rules 1.13 and 7.5. */
export const gopSecondsDefault = 2
export const segmentSecondsDefault = 6
