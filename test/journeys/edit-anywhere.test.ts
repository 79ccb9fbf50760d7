import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { waitFor } from '../support/wait-for.ts'
import { openSite } from './site.ts'

test('An edit is made where no program finds a file of the server (M-09, 2.4)', async (t) => {
  const { server, dataDir } = await openSite(t, { env: { STORAGE: 'memory' } })
  const clip = await makeClip({ folder: dataDir, seconds: 3 })
  const id = await server.create(clip)
  await server.settled(id)
  const tasks = [{ name: 'cut', options: { start: 1 } }]
  const order = { type: 'video-studio-transcoding', tasks }
  const { status, body } = await server.call('POST', `/${id}/jobs`, order)
  assert.equal(status, 201, JSON.stringify(body))
  await waitFor('the edited version', async () => {
    const { version, state } = await server.video(id)
    return version === 2 && state === 'published'
  })
  const [pictures] = await countFrames((await server.video(id)).urls.hls ?? '')
  assert.equal(pictures?.frames, 50)
})
