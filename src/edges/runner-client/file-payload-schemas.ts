import { type Static, type TProperties, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FileJobType, FilePayloads } from '#jobs/file-payload.ts'

const url = Type.String({ minLength: 1 })
const amount = Type.Number({ minimum: 0 })
const seconds = Type.Union([amount, Type.String({ pattern: '^\\d+(\\.\\d+)?$' })])

const CustomUploadSchema = Type.Object({
  url,
  method: Type.Optional(Type.Union([Type.Literal('PUT'), Type.Literal('POST')])),
})

const videoInput = Type.Object({
  videoFileUrl: url,
  separatedAudioFileUrl: Type.Optional(Type.Array(url, { maxItems: 100 })),
})

const encodedOutput = (more: TProperties = {}) =>
  Type.Object({
    resolution: Type.Integer({ minimum: 0, maximum: 16_384 }),
    fps: amount,
    ...more,
  })

const taskFile = Type.Object({ file: url })
const ratio = Type.Number({ minimum: 0, maximum: 1 })

const StudioTaskSchema = Type.Union([
  Type.Object({
    name: Type.Literal('cut'),
    options: Type.Object({ start: Type.Optional(seconds), end: Type.Optional(seconds) }),
  }),
  Type.Object({
    name: Type.Literal('remove-segments'),
    options: Type.Object({ segments: Type.Array(Type.Object({ start: seconds, end: seconds })) }),
  }),
  Type.Object({ name: Type.Literal('add-intro'), options: taskFile }),
  Type.Object({ name: Type.Literal('add-outro'), options: taskFile }),
  Type.Object({
    name: Type.Literal('add-watermark'),
    options: Type.Object({
      file: url,
      watermarkSizeRatio: ratio,
      horizontalMarginRatio: Type.Optional(ratio),
      horitonzalMarginRatio: Type.Optional(ratio),
      verticalMarginRatio: ratio,
    }),
  }),
])

/** What must be there for a work to begin; fields of newer servers are left alone (7.1). */
const schemas = {
  'vod-web-video-transcoding': Type.Object({ input: videoInput, output: encodedOutput() }),
  'vod-hls-transcoding': Type.Object({
    input: videoInput,
    output: encodedOutput({ separatedAudio: Type.Optional(Type.Boolean()) }),
  }),
  'vod-audio-merge-transcoding': Type.Object({
    input: Type.Object({ audioFileUrl: url, previewFileUrl: url }),
    output: encodedOutput(),
  }),
  'video-studio-transcoding': Type.Object({
    input: videoInput,
    tasks: Type.Array(StudioTaskSchema, { minItems: 1, maxItems: 100 }),
  }),
  'video-transcription': Type.Object({ input: Type.Object({ videoFileUrl: url }) }),
  'generate-video-storyboard': Type.Object({
    input: Type.Object({ videoFileUrl: url }),
    sprites: Type.Object({
      size: Type.Object({ width: amount, height: amount }),
      count: Type.Object({ width: amount, height: amount }),
      duration: amount,
    }),
  }),
} as const satisfies Record<FileJobType, ReturnType<typeof Type.Object>>

/** True for the job types whose results are whole files. */
export function isFileJobType(type: string): type is FileJobType {
  return Object.hasOwn(schemas, type)
}

/**
 * The payload of a job from a server of whatever make (runner protocol 2.1 to 2.7).
 *
 * @throws ReelmillError `runner_failed`, naming what is wrong, for one that cannot be worked by.
 */
export function readFilePayload<FileType extends FileJobType>(
  type: FileType,
  payload: unknown,
): FilePayloads[FileType] {
  const schema = schemas[type]
  // Sound: the schema of the type has every field that the type needs.
  if (Value.Check(schema, payload)) return payload as unknown as FilePayloads[FileType]
  const [first] = Value.Errors(schema, payload)
  throw new ReelmillError(
    'runner_failed',
    `The job's payload cannot be worked by: ${first?.instancePath ?? ''} ${first?.message ?? ''}`,
  )
}

/** Where a file of the result is to be sent by itself, or null (2.8). */
export function readCustomUpload(
  payload: object,
  field: string,
): Static<typeof CustomUploadSchema> | null {
  const output: unknown = 'output' in payload ? payload.output : null
  if (typeof output !== 'object' || output === null) return null
  const upload: unknown = Reflect.get(output, `${field}CustomUpload`)
  if (upload === undefined || upload === null) return null
  if (Value.Check(CustomUploadSchema, upload)) return upload
  throw new ReelmillError('runner_failed', `${field}CustomUpload cannot be understood.`)
}
