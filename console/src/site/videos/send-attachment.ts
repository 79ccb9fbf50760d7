import { client, read, type Video } from '../../api/client.ts'

/** What people add to a video, as the API calls its folders. */
export type AttachmentFolder = 'thumbnails' | 'timedtexttracks'

const base = '/api/v1/videos/{id}'

/**
 * Adds a picture or subtitles to a video: makes room, sends the file to where the server says, and
 * says that it is there.
 *
 * @throws ReelmillProblem where it is no such file.
 */
export async function sendAttachment(
  video: Video,
  folder: AttachmentFolder,
  file: File,
  language?: string,
): Promise<Video> {
  const path = { id: video.id }
  const body = language === undefined ? {} : { language }
  const { id } = await read(client.POST(`${base}/${folder}`, { params: { path }, body }))
  const params = { path: { ...path, attachmentId: id } }
  const asked = {
    filename: file.name || 'file',
    mimetype: file.type,
    size: file.size,
    method: 'PUT',
  } as const
  const promised = await read(
    client.POST(`${base}/${folder}/{attachmentId}/initiate-upload`, { params, body: asked }),
  )
  if (!('method' in promised)) throw new Error('The server does not take files in one piece.')
  const { url, headers, key } = promised
  const answer = await fetch(url, { method: 'PUT', headers, body: file })
  if (!answer.ok) throw new Error(`The file was not taken (${answer.status}).`)
  return read(
    client.POST(`${base}/${folder}/{attachmentId}/upload-ended`, {
      params,
      body: { file_key: key },
    }),
  )
}

/** Takes one away. A video has one picture, so that its id need not be known: it is asked for. */
export async function removePicture({ id }: Video): Promise<void> {
  const params = { path: { id } }
  const room = await read(client.POST(`${base}/thumbnails`, { params, body: {} }))
  await removeAttachment(id, 'thumbnails', room.id)
}

/** Takes one of a known id away. */
export async function removeAttachment(
  videoId: string,
  folder: AttachmentFolder,
  attachmentId: string,
): Promise<void> {
  const params = { path: { id: videoId, attachmentId } }
  await read(client.DELETE(`${base}/${folder}/{attachmentId}`, { params }))
}

/** The id of what lies at an address of `urls.subtitles` or `urls.thumbnail`; null: it was not added. */
export function attachmentAt(url: string): string | null {
  return /\/attachments\/([\da-f-]{36})-\d+\.\w+$/.exec(url)?.[1] ?? null
}
