import { Type } from 'typebox'

const seconds = Type.Number({ minimum: 0, maximum: 1e6, description: 'Seconds' })
const share = Type.Number({ minimum: 0, maximum: 1, description: "Share of the video's size" })
const file = Type.String({ minLength: 1, maxLength: 200, description: 'Field of the form' })

/** What an edit does, one task after the other (runner protocol 2.4). */
export const StudioTasks = Type.Array(
  Type.Union([
    Type.Object({
      name: Type.Literal('cut'),
      options: Type.Object({ start: Type.Optional(seconds), end: Type.Optional(seconds) }),
    }),
    Type.Object({
      name: Type.Literal('remove-segments'),
      options: Type.Object({
        segments: Type.Array(Type.Object({ start: seconds, end: seconds }), {
          minItems: 1,
          maxItems: 100,
        }),
      }),
    }),
    Type.Object({
      name: Type.Union([Type.Literal('add-intro'), Type.Literal('add-outro')]),
      options: Type.Object({ file }),
    }),
    Type.Object({
      name: Type.Literal('add-watermark'),
      options: Type.Object({
        file,
        watermarkSizeRatio: share,
        horizontalMarginRatio: share,
        verticalMarginRatio: share,
      }),
    }),
  ]),
  { maxItems: 20 },
)
