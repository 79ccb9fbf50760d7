import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'

const protocol = { 'tus-resumable': '1.0.0' }

/** An upload of a file by tus, as slow as a test wants it: bytes go when it says so. */
export interface SlowUpload {
  readonly videoId: string
  readonly sizeBytes: number
  /** Sends what is missing up to that share of the file, 0 to 1, asking first what is there. */
  sendTo(share: number): Promise<void>
  /** Takes it back. */
  withdraw(): Promise<void>
}

interface Ordered {
  readonly path: string
  readonly profile: string
}

/** Begins one; `origin` tells where the server is at each call, for it may be another one. */
export async function beginSlowUpload(
  origin: () => string,
  { path, profile }: Ordered,
): Promise<SlowUpload> {
  const bytes = await readFile(path)
  const created = await fetch(`${origin()}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...protocol,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${btoa('film.mp4')},profile ${btoa(profile)}`,
    },
  })
  assert.equal(created.status, 201, await created.text())
  const location = created.headers.get('location') ?? ''
  return {
    videoId: created.headers.get('x-reelmill-video') ?? '',
    sizeBytes: bytes.length,
    sendTo: (share) =>
      sendTo(new URL(location, origin()), bytes.subarray(0, Math.floor(bytes.length * share))),
    withdraw: async () => {
      const url = new URL(location, origin())
      const { status } = await fetch(url, { method: 'DELETE', headers: protocol })
      assert.equal(status, 204)
    },
  }
}

async function sendTo(url: URL, bytes: Buffer): Promise<void> {
  const asked = await fetch(url, { method: 'HEAD', headers: protocol })
  assert.equal(asked.status, 200)
  const offset = asked.headers.get('upload-offset') ?? ''
  const { status } = await fetch(url, {
    method: 'PATCH',
    headers: {
      ...protocol,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': offset,
    },
    body: new Blob([Uint8Array.from(bytes.subarray(Number(offset)))]),
  })
  assert.equal(status, 204)
}
