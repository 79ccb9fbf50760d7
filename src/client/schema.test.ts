import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { describeClient, type OpenApi } from '../../scripts/client-schema.ts'

const root = new URL('../../', import.meta.url)
/** What a formatter changes. */
const bare = (text: string) => text.replaceAll(/[\s;|()]/g, '').replaceAll(',', '')

test('The types of the client are those of openapi.json', async () => {
  const api = JSON.parse(await readFile(new URL('openapi.json', root), 'utf8')) as OpenApi
  const kept = await readFile(new URL('src/client/schema.ts', root), 'utf8')
  assert.equal(bare(kept), bare(describeClient(api).replaceAll('"', "'")), 'npm run generate')
})
