import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSite } from '../journeys/site.ts'
import { makeClip } from '../support/clip.ts'
import { noBrowser, openVisitor } from './browser.ts'
import { waitUntilPlayed } from './player.ts'

/** What a page may bring before it plays, compressed. */
const maxScriptBytes = 200_000
const maxStyleBytes = 20_000

for (const page of ['watch', 'embed']) {
  test(`The ${page} page plays with less than 200 kB of script (U100)`, {
    skip: noBrowser,
  }, async (t) => {
    const { server, dataDir } = await openSite(t)
    const id = await server.create(await makeClip({ folder: dataDir, seconds: 2 }))
    assert.equal((await server.settled(id)).state, 'published')
    const visitor = await openVisitor(t, server.url)
    const session = await visitor.page.context().newCDPSession(visitor.page)
    await session.send('Network.enable')
    const kinds = new Map<string, string>()
    const bytes = { Script: 0, Stylesheet: 0 }
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId)
      if (kind === 'Script' || kind === 'Stylesheet') bytes[kind] += encodedDataLength
    })
    await visitor.page.goto(`/${page}/${id}?autoplay=1`)
    await waitUntilPlayed(visitor.page, 0.1)
    assert.ok(bytes.Script > 20_000 && bytes.Script < maxScriptBytes, `${bytes.Script} bytes`)
    assert.ok(bytes.Stylesheet < maxStyleBytes, `${bytes.Stylesheet} bytes of styles`)
    t.diagnostic(`${bytes.Script} bytes of script, ${bytes.Stylesheet} of styles`)
    assert.deepEqual(visitor.complaints, [])
  })
}
