import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeEmbedCode, writeLink } from './share.ts'

test('A link starts where people say, in whole seconds', () => {
  assert.equal(writeLink('https://x.example/watch/1', 0), 'https://x.example/watch/1')
  assert.equal(writeLink('https://x.example/watch/1', 75.9), 'https://x.example/watch/1?t=75')
})

test('An embed code has the shape of the video, and its title is text (U100)', () => {
  const code = writeEmbedCode('https://x.example/embed/1', {
    name: '"><script>',
    renditions: [
      { width: null, height: null },
      { width: 1080, height: 1920 },
    ],
  })
  assert.match(code, /aspect-ratio: 1080 \/ 1920/)
  assert.match(code, /title="&quot;&gt;&lt;script&gt;"/)
  assert.doesNotMatch(code, /<script/)
})
