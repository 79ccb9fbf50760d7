import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { requireStorable } from '../require-storable.ts'
import {
  BaseName,
  ExternalId,
  Metadata,
  ProfileName,
  VideoName,
  Visibility,
  WebhookFormat,
  WebhookUrl,
} from '../schemas.ts'

/** What can be told of a video beside the file, whichever way it is uploaded. */
export const uploadFieldSchemas = {
  name: VideoName,
  profile: ProfileName,
  baseName: BaseName,
  metadata: Metadata,
  visibility: Visibility,
  webhookUrl: WebhookUrl,
  webhookFormat: WebhookFormat,
  externalId: ExternalId,
}
const Fields = Type.Partial(Type.Object(uploadFieldSchemas), { additionalProperties: false })

/** What is told of a video beside the file, whichever way it is uploaded. */
export type UploadField = Static<typeof Fields>

/** The names of all those fields. */
export const uploadFieldNames = Object.keys(uploadFieldSchemas) as readonly (keyof UploadField)[]

/** The text fields of a form, as they come. */
export class UploadFields {
  #values: Record<string, unknown> = {}

  add(field: string, value: unknown): void {
    // A form sends fields that nobody filled in.
    if (value === '') return
    this.#values[field] = field === 'metadata' ? parseJson(value) : value
  }

  /** The fields since the last call. Fails with `invalid_request`, naming the field. */
  take(): UploadField {
    const values = this.#values
    this.#values = {}
    requireStorable(values)
    if (Value.Check(Fields, values)) return values
    const [wrong] = Object.keys(values).filter((name) => !isValid(name, values[name]))
    throw new ReelmillError('invalid_request', `The field ${wrong} is not valid.`)
  }
}

function isValid(name: string, value: unknown): boolean {
  return Value.Check(Fields, { [name]: value })
}

/** The value that a text holds; what is no JSON is returned as it is, and refused as no object. */
function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
