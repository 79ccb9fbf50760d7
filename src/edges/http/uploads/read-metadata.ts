import { ReelmillError } from '#errors/reelmill-error.ts'
import { requireStorable } from '../require-storable.ts'
import { requireFilename } from '../videos/require-filename.ts'
import { type UploadField, UploadFields, uploadFieldNames } from '../videos/upload-fields.ts'

/** `Upload-Metadata`, decoded: keys without a value have null. */
type Told = Readonly<Record<string, string | null>>

/** What the metadata of an upload say of the video. */
export interface UploadMetadata {
  readonly filename: string
  /** Whose new version it is; null for a new video. */
  readonly videoId: string | null
  readonly fields: UploadField
}

/** Containers that browsers and programs give types of `application/`. */
const mediaTypes = /^(video\/|audio\/|application\/(octet-stream|mp4|mxf|ogg|x-matroska)$)/i

/**
 * Reads what clients of tus tell: `filename` (Uppy: `name`), `filetype` (Uppy: `type`), `title` for
 * the video's name, and the fields of a form under their own names. What else a client tells is let
 * pass: Uppy sends whatever it knows.
 *
 * @throws ReelmillError `invalid_request`, `media_type_refused`.
 */
export function readMetadata(told: Told): UploadMetadata {
  const type = told['filetype'] ?? told['type'] ?? ''
  if (type !== '' && !mediaTypes.test(type))
    throw new ReelmillError('media_type_refused', `${type} is no type of video or sound.`)
  requireStorable(told)
  const fields = new UploadFields()
  for (const name of uploadFieldNames) {
    const value = name === 'name' ? told['title'] : told[name]
    if (value !== undefined && value !== null) fields.add(name, value)
  }
  return {
    filename: requireFilename(told['filename'] || told['name'] || 'video'),
    videoId: told['videoId'] || null,
    fields: fields.take(),
  }
}
