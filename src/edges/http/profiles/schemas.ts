import { Type } from 'typebox'
import type { JudgedEdit, PreviewHere } from '#flow/profiles/preview.ts'
import type { ProfileVersionView, ProfileView } from '#flow/profiles/profile-view.ts'
import { nullable } from '../schemas.ts'

const Time = Type.String({ format: 'date-time' })
const Origin = Type.Enum(['stored', 'folder', 'shipped'], {
  description: 'Saved here; a file of DATA_DIR/profiles; a file of Reelmill. The first wins',
})

export const ProfileParams = Type.Object({ name: Type.String({ maxLength: 100 }) })

/** Checked by the reader of profiles, which names every field that is wrong. */
export const ProfileBody = Type.Record(Type.String(), Type.Unknown(), {
  description: 'A profile, as docs/profiles.md describes it',
})

const FieldProblemSchema = Type.Object({
  field: Type.String({ description: '/video/0/height' }),
  message: Type.String({ description: 'Follows the field in a sentence' }),
})
const Problems = Type.Array(FieldProblemSchema)

/** ProfileView of flow/profiles/profile-view.ts. */
export const Profile = Type.Unsafe<ProfileView>(
  Type.Object({
    name: Type.String(),
    description: nullable(Type.String()),
    origin: Origin,
    hides: Type.Array(Origin, { description: 'Where else there is one that does not hold' }),
    version: nullable(Type.Integer({ minimum: 1, description: 'Of one that was saved' })),
    note: nullable(Type.String()),
    createdBy: nullable(Type.String({ description: 'Shown to operators' })),
    createdAt: nullable(Time),
    profile: nullable(ProfileBody),
    problems: Problems,
    missingEncoders: Type.Array(Type.String()),
    videos: Type.Integer({ description: 'How many have it' }),
  }),
)

export const ProfileList = Type.Object({ profiles: Type.Array(Profile) })

/** ProfileVersionView of flow/profiles/profile-view.ts. */
const ProfileVersion = Type.Unsafe<ProfileVersionView>(
  Type.Object({
    version: Type.Integer({ minimum: 1 }),
    profile: ProfileBody,
    note: nullable(Type.String()),
    createdBy: nullable(Type.String()),
    createdAt: Time,
    retiredAt: nullable(Type.String({ format: 'date-time', description: 'When it was deleted' })),
  }),
)

export const ProfileVersions = Type.Object({
  versions: Type.Array(ProfileVersion, { description: 'From the newest' }),
})

export const ProfileEdit = Type.Object(
  {
    profile: ProfileBody,
    note: Type.Optional(Type.String({ maxLength: 500, description: 'Why, for people' })),
  },
  { additionalProperties: false },
)

export const SourceFacts = Type.Object(
  {
    width: Type.Integer({ minimum: 0, maximum: 16_384, description: '0: sound alone' }),
    height: Type.Integer({ minimum: 0, maximum: 16_384 }),
    framesPerSecond: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
    durationSeconds: Type.Number({ exclusiveMinimum: 0, maximum: 86_400 }),
    bitRate: nullable(Type.Integer({ minimum: 1, description: 'Bits a second of all of it' })),
    audioTracks: Type.Integer({ minimum: 0, maximum: 32 }),
    hdr: Type.Boolean(),
  },
  { additionalProperties: false },
)

const bytes = Type.Integer({ description: 'About' })
const text = nullable(Type.String())
const whole = nullable(Type.Integer())

/** PreviewHere of flow/profiles/preview.ts. */
const Preview = Type.Unsafe<PreviewHere>(
  Type.Object({
    profile: Type.String(),
    durationSeconds: Type.Number(),
    renditions: Type.Array(
      Type.Object({
        name: Type.String(),
        kind: Type.Enum(['video', 'audio']),
        codec: Type.String(),
        width: whole,
        height: whole,
        maxrateBps: whole,
        encoder: text,
        preset: text,
        crf: nullable(Type.Number()),
        level: text,
        estimatedBytes: nullable(bytes),
        estimatedCpuSeconds: nullable(Type.Number()),
      }),
    ),
    rungs: Type.Array(
      Type.Object({
        rendition: text,
        reason: nullable(Type.Enum(['above_source', 'too_similar'])),
      }),
      { description: 'What became of each row of the ladder' },
    ),
    framesPerSecond: nullable(Type.Number()),
    gopFrames: whole,
    segmentFrames: whole,
    chunks: Type.Integer(),
    segments: nullable(Type.Integer({ description: 'Of one rendition' })),
    jobs: Type.Integer({ description: 'That runners would be offered' }),
    films: Type.Array(
      Type.Object({ rendition: Type.String(), file: Type.String(), estimatedBytes: bytes }),
    ),
    storyboard: Type.Boolean(),
    estimatedBytes: nullable(bytes),
    estimatedCpuSeconds: nullable(
      Type.Number({ description: 'Of one core of a usual server, about' }),
    ),
    missingEncoders: Type.Array(Type.String()),
  }),
)

/** JudgedEdit of flow/profiles/preview.ts. */
export const PreviewAnswer = Type.Unsafe<JudgedEdit>(
  Type.Object({
    problems: Type.Array(FieldProblemSchema, {
      description: 'What is wrong; empty when saving works',
    }),
    preview: nullable(Preview),
  }),
)
