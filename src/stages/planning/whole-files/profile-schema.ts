import type { Static } from 'typebox'
import { Type } from 'typebox'

const rate = Type.Number({ exclusiveMinimum: 0, maximum: 1000 })
const rates = Type.Array(Type.Integer({ minimum: 1, maximum: 1000 }), { minItems: 1, maxItems: 16 })

/** How a rate is chosen where the source's own is not kept. Left out: the TRANSCODING_FPS_… settings. */
const frameRates = Type.Object(
  {
    min: Type.Optional(rate),
    standard: Type.Optional(rates),
    hdStandard: Type.Optional(rates),
    audioMerge: Type.Optional(rate),
    average: Type.Optional(rate),
    max: Type.Optional(rate),
    keepFromResolution: Type.Optional(Type.Integer({ minimum: 0 })),
    choice: Type.Optional(
      Type.Union([Type.Literal('nearest'), Type.Literal('remainder')], {
        description: 'Which rate of a list a source gets',
      }),
    ),
    originalKeepsRate: Type.Optional(
      Type.Boolean({ description: "The source's own resolution keeps its rate, whatever it is" }),
    ),
  },
  { additionalProperties: false },
)

/** The part of a profile that says which whole files are made (rows D-20 to D-49). */
export const wholeFilesSchema = Type.Object(
  {
    rules: Type.Union([Type.Literal('marsha'), Type.Literal('peertube')], {
      description: 'Whose order of jobs, file names and rounding is kept',
    }),
    hls: Type.Optional(Type.Boolean()),
    webVideos: Type.Optional(Type.Boolean()),
    splitAudio: Type.Optional(Type.Boolean()),
    resolutions: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 8640 }), {
        description: 'Short sides in pixels; 0: sound alone',
        maxItems: 16,
        uniqueItems: true,
      }),
    ),
    alwaysOriginal: Type.Optional(Type.Boolean()),
    frameRates: Type.Optional(frameRates),
    storyboard: Type.Optional(Type.Boolean()),
    transcription: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export type WholeFiles = Static<typeof wholeFilesSchema>
