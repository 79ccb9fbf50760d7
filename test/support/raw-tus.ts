import assert from 'node:assert/strict'

/** Headers, or what is told of a video. */
export type Told = Readonly<Record<string, string>>

/** What every call of tus 1.0 says. */
export const tusVersion = { 'tus-resumable': '1.0.0' }
/** What a call with bytes says of them. */
export const tusBytes = { 'content-type': 'application/offset+octet-stream' }

/** An upload that was begun. */
export interface Begun {
  readonly url: string
  readonly videoId: string
}

/** POST: `told` becomes `Upload-Metadata`. */
export function postUpload(
  serverUrl: string,
  headers: Told,
  told: Told = {},
  body?: Buffer,
): Promise<Response> {
  const metadata = Object.entries({ filename: 'a.mp4', ...told })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  return fetch(`${serverUrl}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...tusVersion, 'upload-metadata': metadata, ...headers },
    ...(body ? { body: new Blob([Uint8Array.from(body)]) } : {}),
  })
}

/** Begins an upload of so many bytes. */
export async function beginUpload(
  serverUrl: string,
  length: number,
  told: Told = {},
  headers: Told = {},
): Promise<Begun> {
  const response = await postUpload(
    serverUrl,
    { 'upload-length': String(length), ...headers },
    told,
  )
  assert.equal(response.status, 201, await response.text())
  const location = response.headers.get('location') ?? ''
  assert.match(location, /^\/api\/v1\/uploads\/[0-9a-f]{32}$/)
  return { url: serverUrl + location, videoId: response.headers.get('x-reelmill-video') ?? '' }
}

/** PATCH: sends bytes from an offset on. */
export function patchUpload(
  url: string,
  offset: number,
  body: Buffer,
  headers: Told = {},
): Promise<Response> {
  return fetch(url, {
    method: 'PATCH',
    headers: { ...tusVersion, ...tusBytes, 'upload-offset': String(offset), ...headers },
    body: new Blob([Uint8Array.from(body)]),
  })
}

/** HEAD. */
export function headUpload(url: string): Promise<Response> {
  return fetch(url, { method: 'HEAD', headers: tusVersion })
}

/** "410 upload_gone": the status and the code of a problem. */
export async function refusalOf(response: Response): Promise<string> {
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const { code } = (await response.json()) as { readonly code: string }
  return `${response.status} ${code}`
}
